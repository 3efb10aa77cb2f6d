package org.caravanserai.pubsub;

import java.util.List;

/**
 * A part of the messages of a queue.
 *
 * @param items the messages, without their data
 * @param hasMore whether more of those wanted follow
 * @param depth how many messages are in the queue, wanted or not
 */
public record MessagePage(List<MessageInfo> items, boolean hasMore, long depth) {}
