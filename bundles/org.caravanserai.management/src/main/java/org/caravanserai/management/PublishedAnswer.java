package org.caravanserai.management;

/**
 * A message has been published.
 *
 * @param topic the topic or queue
 * @param msgId the message's id
 */
public record PublishedAnswer(String topic, String msgId) {}
