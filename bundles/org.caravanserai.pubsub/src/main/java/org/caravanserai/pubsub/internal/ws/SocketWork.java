package org.caravanserai.pubsub.internal.ws;

import java.util.concurrent.Executor;
import org.caravanserai.broker.Broker;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.Rights;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.push.Returns;

/**
 * What all sockets work with.
 *
 * @param broker where messages come from
 * @param publisher where they go
 * @param topics what there is
 * @param subscriptions who is subscribed to what
 * @param rights who may do what
 * @param returns takes back what clients have not acknowledged
 * @param limits how much of it
 * @param threads do what may wait for the disk
 */
record SocketWork(
    Broker broker,
    Publisher publisher,
    Topics topics,
    Subscriptions subscriptions,
    Rights rights,
    Returns returns,
    SocketLimits limits,
    Executor threads) {}
