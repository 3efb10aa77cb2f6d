package org.caravanserai.pubsub;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where operators look after queues and messages: what waits, what could not be delivered, and what
 * is to be done about it.
 *
 * <p>Messages are known by their number in their queue; one that is changed or moved has another
 * number then.
 */
@ProviderType
public interface Desk {

  /** The topics, by name. */
  List<TopicStatus> topics();

  /** All queues, by name, those of dead letters and of clients of the network too. */
  List<QueueStatus> queues();

  /** A queue; empty if there is none of that name. */
  Optional<QueueStatus> queue(String name);

  /**
   * Looks at messages without taking them, in the order of the queue.
   *
   * @param queue the queue's name
   * @param search which of them
   * @param offset how many of those wanted to leave out
   * @param limit how many at most, up to 1,000
   * @throws DeskException if there is no such queue
   */
  MessagePage messages(String queue, MessageSearch search, long offset, int limit)
      throws DeskException;

  /**
   * A message with its data.
   *
   * @throws DeskException if there is no such queue, or no such message in it any more
   */
  MessageInfo message(String queue, long number) throws DeskException;

  /**
   * A message with the beginning of its data.
   *
   * @param most how many bytes of it at most
   * @throws DeskException if there is no such queue, or no such message in it any more
   */
  MessageInfo message(String queue, long number, int most) throws DeskException;

  /**
   * Changes data or properties of a message that nobody is working on. It goes to the end of its
   * queue, where it has another number.
   *
   * @param change a JSON object: {@code data} (any JSON value) or {@code data_base64}; {@code
   *     content_type}; {@code properties}, which take the place of those there were
   * @throws DeskException if that makes no sense, or the message is not there or is being worked on
   */
  void edit(String queue, long number, byte[] change) throws DeskException;

  /**
   * Deletes messages that nobody is working on.
   *
   * @return how many of them were there
   * @throws DeskException if there is no such queue
   */
  int delete(String queue, List<Long> numbers) throws DeskException;

  /**
   * Deletes all messages that nobody is working on.
   *
   * @param confirmation the queue's name, or how many messages are in it
   * @return how many were deleted
   * @throws DeskException if there is no such queue, or the confirmation is wrong
   */
  long clear(String queue, String confirmation) throws DeskException;

  /**
   * Gives dead letters back to the queue that they come from, in the background. One that fails is
   * where it was; one that becomes a dead letter again is not taken a second time.
   *
   * @param queue a queue of dead letters
   * @param search which of them
   * @param numbers only these; empty for all
   * @param rate how many a second; 0 for no limit
   * @throws DeskException if there is no such queue, or none to give them back to
   */
  Replay replay(String queue, MessageSearch search, List<Long> numbers, double rate)
      throws DeskException;

  /** What is being replayed, and the last ones that have ended, the newest first. */
  List<Replay> replays();

  /** One of them. */
  Optional<Replay> replay(String id);

  /**
   * Ends a replay; what it has done stays done.
   *
   * @return it; empty if there is none of that id
   */
  Optional<Replay> stop(String id);

  /**
   * Publishes a message, whoever may publish to the topic.
   *
   * @param topic a topic or a queue
   * @param request what {@code POST /pubsub/topic/{topic}} takes
   * @param cid the correlation id
   * @return the message's id, once it is on the disk; fails with a {@code ServiceException}
   */
  CompletionStage<String> publish(String topic, byte[] request, String cid);
}
