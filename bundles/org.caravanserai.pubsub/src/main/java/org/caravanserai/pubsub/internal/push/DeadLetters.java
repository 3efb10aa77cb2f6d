package org.caravanserai.pubsub.internal.push;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.Broker.Placed;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.QueueDefinition;
import org.caravanserai.pubsub.internal.QueueNames;

/**
 * Where messages go that can't be delivered. Those of queue {@code Q} are in queue {@code
 * serai.dead/Q}, each with the reason among its properties.
 */
public final class DeadLetters {

  /** The reason, in words. */
  public static final String CAUSE = "dead_cause";

  /** The reason as HTTP numbers it. */
  public static final String STATUS = "dead_status";

  /** The correlation id of the last attempt. */
  public static final String CID = "dead_cid";

  /** How many attempts there were. */
  public static final String ATTEMPTS = "dead_attempts";

  /** When the first attempt failed, in milliseconds since 1970. */
  public static final String FIRST_AT = "dead_first_at";

  /** When the last attempt failed, in milliseconds since 1970. */
  public static final String LAST_AT = "dead_last_at";

  /** When the message would have expired, in milliseconds since 1970; dead letters do not. */
  public static final String EXPIRES_AT = "dead_expires_at";

  private static final Set<String> PROPERTIES =
      Set.of(CAUSE, STATUS, CID, ATTEMPTS, FIRST_AT, LAST_AT, EXPIRES_AT);
  private static final int LONGEST_CAUSE = 1000;

  private final Broker broker;
  private final Executor executor;
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  /**
   * Dead letters of a broker.
   *
   * @param executor runs what waits for the disk
   */
  public DeadLetters(Broker broker, Executor executor) {
    this.broker = broker;
    this.executor = executor;
  }

  /**
   * Why a message is a dead letter.
   *
   * @param reason in words fit for operators
   * @param status as HTTP numbers it
   * @param cid the correlation id of the last attempt; empty if there is none
   * @param attempts how often its delivery was tried
   * @param firstAt when the first attempt failed, in milliseconds since 1970
   * @param lastAt when the last one did
   */
  public record Cause(
      String reason, int status, String cid, int attempts, long firstAt, long lastAt) {}

  /**
   * Makes a dead letter of a message that somebody works on, in one step. Blocks on nothing.
   *
   * @param confirmation told when it is done; if it fails the message is held as before
   */
  public void bury(Delivery delivery, Cause cause, Confirmation confirmation) {
    bury(delivery, cause, List.of(), confirmation);
  }

  /**
   * The same, with messages that tell others of it in the same step.
   *
   * @param answers these messages
   */
  void bury(Delivery delivery, Cause cause, List<Placed> answers, Confirmation confirmation) {
    if (open.contains(delivery.queue())) {
      reject(delivery, cause, answers, confirmation);
      return;
    }
    try {
      executor.execute(() -> openAndReject(delivery, cause, answers, confirmation));
    } catch (RejectedExecutionException e) {
      confirmation.failed(
          new BrokerException(BrokerException.Reason.UNAVAILABLE, "The server is stopping", e));
    }
  }

  private void openAndReject(
      Delivery delivery, Cause cause, List<Placed> answers, Confirmation confirmation) {
    try {
      open(delivery.queue());
    } catch (BrokerException e) {
      confirmation.failed(e);
      return;
    }
    reject(delivery, cause, answers, confirmation);
  }

  /** One at a time: several may be the first of their queue. */
  private synchronized void open(String queue) {
    String name = QueueNames.dead(queue);
    if (!open.contains(queue) && broker.queue(name).isEmpty()) {
      broker.openQueue(
          new QueueDefinition(
              name, name, Optional.empty(), Optional.empty(), true, Long.MAX_VALUE));
    }
    open.add(queue);
  }

  private void reject(
      Delivery delivery, Cause cause, List<Placed> answers, Confirmation confirmation) {
    String queue = delivery.queue();
    List<Placed> all = new ArrayList<>(answers);
    Message letter = dead(delivery.message(), cause);
    // Delivered once more it has nobody to tell.
    all.add(
        new Placed(
            QueueNames.dead(queue),
            QueueNames.isOfCalls(queue) ? StoredCall.told(letter) : letter));
    broker.replace(
        List.of(delivery),
        all,
        new Confirmation() {
          @Override
          public void confirmed() {
            confirmation.confirmed();
          }

          @Override
          public void failed(BrokerException failure) {
            open.remove(queue);
            confirmation.failed(failure);
          }
        });
  }

  /** A message as a dead letter. */
  static Message dead(Message message, Cause cause) {
    Map<String, Object> properties = new HashMap<>(message.properties());
    String reason = cause.reason();
    properties.put(
        CAUSE, reason.length() > LONGEST_CAUSE ? reason.substring(0, LONGEST_CAUSE) : reason);
    properties.put(STATUS, cause.status());
    properties.put(CID, cause.cid());
    properties.put(ATTEMPTS, cause.attempts());
    properties.put(FIRST_AT, cause.firstAt());
    properties.put(LAST_AT, cause.lastAt());
    if (message.expiresAt() > 0) {
      properties.put(EXPIRES_AT, message.expiresAt());
    }
    return message.with().expiresAt(0).properties(properties).build();
  }

  /** Whether a property says why a message is a dead letter. */
  public static boolean isReason(String property) {
    return PROPERTIES.contains(property);
  }

  /**
   * A dead letter as a message that is delivered once more: as it was, but that it is new to the
   * queue, and does not expire if its time had come meanwhile.
   *
   * @param now milliseconds since 1970
   */
  public static Message revived(Message dead, long now) {
    Map<String, Object> properties = new HashMap<>(dead.properties());
    long expiresAt = properties.get(EXPIRES_AT) instanceof Number time ? time.longValue() : 0;
    properties.keySet().removeAll(PROPERTIES);
    return dead.with()
        .receivedAt(now)
        .expiresAt(expiresAt > now ? expiresAt : 0)
        .properties(properties)
        .build();
  }
}
