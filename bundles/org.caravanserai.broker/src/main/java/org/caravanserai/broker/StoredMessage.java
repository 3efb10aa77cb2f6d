package org.caravanserai.broker;

/**
 * A message in a queue.
 *
 * @param number the broker's number of it, which grows from message to message
 * @param message the message
 * @param deliveries how often it has been delivered
 */
public record StoredMessage(long number, Message message, int deliveries) {}
