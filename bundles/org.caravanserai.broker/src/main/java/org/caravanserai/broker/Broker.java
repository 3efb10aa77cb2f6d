package org.caravanserai.broker;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The broker that runs inside this server. It is there, as an OSGi service, while it takes
 * messages.
 *
 * <p>Names of topics and queues are as they are for every protocol: parts divided by dots. Names
 * that begin with {@link #INTERNAL} are closed to clients of the network. All methods may be called
 * from any thread; those that change addresses and queues wait for the disk.
 */
@ProviderType
public interface Broker {

  /** What the names of addresses and queues begin with that no client of the network may use. */
  String INTERNAL = "serai.";

  /**
   * Makes an address each of whose queues gets every message, or changes its limits.
   *
   * @throws BrokerException if the disk refuses
   */
  void openTopic(String name, AddressLimits limits);

  /**
   * Takes no more messages for a topic. Its queues, and what is in them, stay until each is
   * deleted; if there is none the address goes.
   */
  void closeTopic(String name);

  /**
   * Makes a durable queue, or changes the one of that name: what it takes, and whose it is.
   *
   * @throws BrokerException with {@link BrokerException.Reason#UNKNOWN} if its topic is not there
   */
  void openQueue(QueueDefinition definition);

  /**
   * Deletes a queue and what is in it, and its address if that was its own; does nothing if there
   * is none. Those who consume from it are told that it is gone.
   */
  void deleteQueue(String name);

  /** A queue as it is now; empty if there is none of that name. */
  Optional<QueueInfo> queue(String name);

  /** All queues as they are now, by name, those of clients of the network too. */
  List<QueueInfo> queues();

  /** The clients of the network that are connected now. */
  List<ClientInfo> clients();

  /**
   * Publishes a message to all queues of an address that want it; returns at once.
   *
   * @param address a topic, or a queue of its own address
   * @param message it; one whose {@link Message#dedupId} has been seen on this address is confirmed
   *     and not stored again
   * @param confirmation told once the message is safe on the disk, or why it is not; on any thread
   */
  void publish(String address, Message message, Confirmation confirmation);

  /**
   * Publishes several messages, all of them or none; returns at once.
   *
   * @param address a topic, or a queue of its own address
   * @param messages those; one whose {@link Message#dedupId} has been seen on this address, or
   *     stands before it in the list, is left out
   * @param confirmation told once they are safe on the disk, or why none is; on any thread
   */
  void publish(String address, List<Message> messages, Confirmation confirmation);

  /**
   * Puts a message into one queue, whatever its filter.
   *
   * @param queue the queue's name
   */
  void enqueue(String queue, Message message, Confirmation confirmation);

  /**
   * A message and where it goes.
   *
   * @param queue the queue's name
   */
  record Placed(String queue, Message message) {}

  /**
   * Puts messages into queues, whatever their filters: all of them or none; returns at once.
   *
   * @param confirmation told once they are safe on the disk, or why none is; on any thread
   */
  void enqueue(List<Placed> messages, Confirmation confirmation);

  /**
   * Acknowledges messages and puts others into queues, in one step: all of it or nothing, whatever
   * breaks, also where these queues are full. Returns at once.
   *
   * @param done those that are held; one that is not is left out
   * @param messages those that take their place
   * @param confirmation told when it is done; if it fails they are held as before
   */
  void replace(List<Delivery> done, List<Placed> messages, Confirmation confirmation);

  /**
   * Sends what is published to a topic to a queue instead, whoever publishes it.
   *
   * @param topic the topic, which is there
   * @param queue the queue, of its own address
   * @param back the name of a property: messages that have it go to the topic's own queues
   */
  void divert(String topic, String queue, String back);

  /** Lets a topic's messages go to its own queues again. */
  void undivert(String topic);

  /** The broker's own id, which stays the same. */
  String id();

  /** Whether the disk is so full that no message is taken. */
  boolean isDiskFull();

  /**
   * Consumes from a queue until it is closed. What was delivered and neither acknowledged nor
   * released returns to the queue then, in its old place.
   *
   * @throws BrokerException with {@link BrokerException.Reason#UNKNOWN} if there is no such queue
   */
  Consumption consume(String queue, Receiver receiver);

  /**
   * Looks at messages without taking them, in the order of the queue.
   *
   * @param queue the queue's name
   * @param wanted which of them
   * @param offset how many of those wanted to leave out
   * @param limit how many to give at most
   * @return empty if there is no such queue
   */
  List<StoredMessage> browse(String queue, Predicate<StoredMessage> wanted, long offset, int limit);

  /**
   * Moves a message that nobody is working on into another queue, in one step: it is never in both
   * or in none, whatever breaks.
   *
   * @param queue where it is
   * @param number its {@link StoredMessage#number}
   * @param target the queue where it goes; it may be the same, then it goes to the end
   * @param change makes another message out of it
   * @return whether it was there
   */
  boolean move(String queue, long number, String target, UnaryOperator<Message> change);

  /**
   * Deletes a message that nobody is working on.
   *
   * @return whether it was there
   */
  boolean delete(String queue, long number);

  /**
   * Deletes all messages that nobody is working on.
   *
   * @return how many there were
   */
  long clear(String queue);

  /**
   * Ends the connections of the network's clients that came with the credentials of a security
   * definition. Called whenever it may have lost a permission; what it may do is asked anew of
   * {@link BrokerAccess}.
   */
  void accessChanged(String definition);
}
