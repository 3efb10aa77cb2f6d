package org.caravanserai.shell.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.MessageInfo;
import org.caravanserai.pubsub.MessageSearch;
import org.jspecify.annotations.Nullable;

/** A command about messages that are searched for. */
abstract class MessageSearchCommand extends DataCommand {

  @Option(name = "--msg-id", description = "Only the message with this id")
  private @Nullable String msgId;

  @Option(name = "--cid", description = "Only with this correlation id")
  private @Nullable String cid;

  @Option(name = "--text", description = "Only with this text in the data")
  private @Nullable String text;

  @Option(name = "--from", description = "Published, or failed, not before: 2026-01-31T12:00:00Z")
  private @Nullable String from;

  @Option(name = "--to", description = "Published, or failed, before this time")
  private @Nullable String to;

  @Reference private Desk desk;

  final Desk desk() {
    return desk;
  }

  /** Which messages are wanted. */
  final MessageSearch search() {
    return new MessageSearch(
        Optional.ofNullable(msgId),
        Optional.ofNullable(cid),
        Optional.ofNullable(text),
        time(from),
        time(to));
  }

  private static Optional<Instant> time(@Nullable String typed) {
    try {
      return Optional.ofNullable(typed).map(Instant::parse);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          typed + " is no time in UTC such as 2026-01-31T12:00:00Z", e);
    }
  }

  /** A table of live messages. */
  static Table table() {
    return new Table("Number", "Id", "Topic", "Published", "Priority", "Size", "Deliveries")
        .whenEmpty("There is no such message");
  }

  /** A row of it. */
  static void row(Table table, MessageInfo message) {
    table.row(
        message.number(),
        message.msgId(),
        message.topic(),
        message.pubTime(),
        message.priority(),
        message.size(),
        message.deliveries());
  }
}
