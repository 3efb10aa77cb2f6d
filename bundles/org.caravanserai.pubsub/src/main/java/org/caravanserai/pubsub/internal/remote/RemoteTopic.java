package org.caravanserai.pubsub.internal.remote;

import java.util.Optional;

/**
 * A topic on an external broker.
 *
 * @param topic its name here
 * @param address the broker, such as {@code amqp://broker:5672}; options of Qpid JMS may follow
 * @param name its name there
 * @param username the user
 * @param password the user's password
 */
public record RemoteTopic(
    String topic,
    String address,
    String name,
    Optional<String> username,
    Optional<String> password) {

  /** Neither the password, nor the options, which may hold one. */
  @Override
  public String toString() {
    int options = address.indexOf('?');
    return name + " at " + (options < 0 ? address : address.substring(0, options));
  }
}
