package org.caravanserai.broker;

import java.util.Optional;

/**
 * A queue as it is to be.
 *
 * @param name its name
 * @param address the topic whose messages it gets; its own name for a queue between two points,
 *     whose address is made with it
 * @param owner the security definition whose it is, which may consume from it over the network;
 *     empty for none
 * @param filter which messages it takes, a JMS selector (Jakarta Messaging 3.1, section 3.8.1);
 *     empty for all
 * @param enabled whether it takes messages; what it has stays either way
 * @param maxDepth how many messages may wait in it before publishers are told that it is full; not
 *     used for a queue of a topic, whose limit counts
 */
public record QueueDefinition(
    String name,
    String address,
    Optional<String> owner,
    Optional<String> filter,
    boolean enabled,
    long maxDepth) {}
