package org.caravanserai.pubsub.internal.kind;

import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * A topic.
 *
 * @param name its name
 * @param isActive whether it takes messages
 * @param description what it is for
 * @param maxDepth how many messages may wait in the longest of its queues
 * @param maxMessageSize how large the data of a message may be
 * @param backendType where its messages are
 * @param remote the external broker that others share it over
 */
public record PubSubTopic(
    @Field(
            help = "Letters, digits, - and _ in parts divided by dots; its case does not matter.",
            max = 200)
        String name,
    @Field(help = "Whether it takes messages.", defaultValue = "true") boolean isActive,
    @Field(help = "What it is for.") Optional<String> description,
    @Field(
            help = "How many messages may wait in the longest of its queues; then it is full.",
            defaultValue = "100000",
            min = 1,
            max = 1_000_000_000_000L)
        long maxDepth,
    @Field(help = "How large the data of a message may be.", defaultValue = "10MB")
        String maxMessageSize,
    @Field(
            help = "Where its messages are: in this server, or on an external broker of AMQP 1.0.",
            defaultValue = "builtin")
        BackendType backendType,
    @Field(help = "The external broker, for the backend type amqp.") Optional<Remote> remote) {

  /** Where the messages of a topic are. */
  public enum BackendType {
    /** In this server. */
    BUILTIN,
    /** On an external broker, so that servers share them. */
    AMQP
  }

  /**
   * An external broker.
   *
   * @param address where it is
   * @param name what the topic is called there
   * @param username the user
   * @param password the user's password
   */
  public record Remote(
      @Field(help = "Where it is, such as amqp://broker:5672 or amqps://broker:5671.")
          String address,
      @Field(help = "The name of the topic there; the same if absent.") Optional<String> name,
      @Field(help = "The user.") Optional<String> username,
      @Field(help = "The user's password.", secret = true) Optional<String> password) {

    /** Without the password, and the address, whose options may hold one. */
    @Override
    public String toString() {
      return "Remote[name=%s, username=%s]".formatted(name.orElse(""), username.orElse(""));
    }
  }
}
