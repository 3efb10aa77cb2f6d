package org.caravanserai.pubsub.internal.push;

import java.util.List;
import org.caravanserai.broker.Broker.Placed;

/** What became of an attempt to deliver a message. */
public sealed interface PushOutcome {

  /** Who was to have the message has it. */
  PushOutcome DELIVERED = new Delivered(List.of());

  /**
   * It was delivered.
   *
   * @param answers messages that take its place
   */
  record Delivered(List<Placed> answers) implements PushOutcome {}

  /**
   * It could not be begun, which is no attempt: there is no room, or nobody to take it now.
   *
   * @param reason why
   */
  record Postponed(String reason) implements PushOutcome {}

  /**
   * It failed.
   *
   * @param reason why, in words fit for operators
   * @param status the same as HTTP numbers it
   * @param cid the correlation id under which the log has more
   * @param isStuck whether a thread is still inside what did not answer in time
   */
  record Failed(String reason, int status, String cid, boolean isStuck) implements PushOutcome {

    /** A failure that has ended. */
    public Failed(String reason, int status, String cid) {
      this(reason, status, cid, false);
    }
  }
}
