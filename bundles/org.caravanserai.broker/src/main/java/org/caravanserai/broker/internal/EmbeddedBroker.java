package org.caravanserai.broker.internal;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.DivertConfiguration;
import org.apache.activemq.artemis.core.filter.impl.FilterImpl;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.persistence.impl.journal.LargeServerMessageImpl;
import org.apache.activemq.artemis.core.postoffice.DuplicateIDCache;
import org.apache.activemq.artemis.core.postoffice.PostOffice;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ComponentConfigurationRoutingType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.impl.TransactionImpl;
import org.caravanserai.broker.AddressLimits;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerAccess;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.BrokerException.Reason;
import org.caravanserai.broker.ClientInfo;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.QueueDefinition;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.broker.Receiver;
import org.caravanserai.broker.StoredMessage;
import org.jspecify.annotations.Nullable;

/** The broker: Artemis inside this process. */
public final class EmbeddedBroker implements Broker, AutoCloseable {

  private final ArtemisServer artemis;
  private final ActiveMQServer server;
  private final Disk disk;
  private final Limits limits;
  private final Deliveries deliveries;
  private final Browsing browsing;
  private final Clients clients;

  private EmbeddedBroker(ArtemisServer artemis, BrokerOptions options) {
    this.artemis = artemis;
    server = artemis.server();
    disk = new Disk(server);
    limits = new Limits(server);
    deliveries = new Deliveries(server, disk, artemis.isAfterCrash());
    browsing = new Browsing(server, disk, deliveries);
    clients = new Clients(server);
    artemis.open(limits, new Poison(this, options.maxDeliveries()));
  }

  /**
   * Starts a broker on any free port of the loopback interface.
   *
   * @param data where it keeps its files
   * @param access who may use it over the network
   */
  public static EmbeddedBroker start(Path data, BrokerAccess access) throws Exception {
    return start(data, access, 0);
  }

  /**
   * Starts a broker on a port of the loopback interface.
   *
   * @param data where it keeps its files
   * @param access who may use it over the network
   * @param port the port; 0 for any free one
   */
  public static EmbeddedBroker start(Path data, BrokerAccess access, int port) throws Exception {
    return start(BrokerOptions.defaults(data).at(port), null, () -> access);
  }

  /**
   * Starts a broker.
   *
   * @param tls what clients have to connect with; {@code null} for none
   */
  static EmbeddedBroker start(
      BrokerOptions options, @Nullable SSLContext tls, Supplier<@Nullable BrokerAccess> access)
      throws Exception {
    return new EmbeddedBroker(ArtemisServer.start(options, tls, access), options);
  }

  /** The port on which clients may connect. */
  public int port() {
    return artemis.port();
  }

  /** Whether it has not ended by itself, as it does when its disk fails. */
  boolean isRunning() {
    return artemis.isRunning();
  }

  Executor executor() {
    return server.getExecutorFactory().getExecutor();
  }

  @Override
  public void openTopic(String name, AddressLimits addressLimits) {
    limits.set(name, addressLimits.maxDepth());
    disk.now(
        () ->
            server.addOrUpdateAddressInfo(
                new AddressInfo(SimpleString.of(name), EnumSet.of(RoutingType.MULTICAST))
                    .setAutoCreated(false)));
  }

  @Override
  public void closeTopic(String name) {
    limits.forget(name);
    disk.now(
        () -> {
          if (server.getAddressInfo(SimpleString.of(name)) != null
              && server.getPostOffice().getDirectBindings(SimpleString.of(name)).isEmpty()) {
            server.removeAddressInfo(SimpleString.of(name), null);
          }
        });
  }

  @Override
  public void openQueue(QueueDefinition definition) {
    checkFilter(definition.filter().orElse(null));
    boolean isOwnAddress = definition.name().equals(definition.address());
    if (isOwnAddress) {
      limits.set(definition.address(), definition.maxDepth());
    } else if (server.getAddressInfo(SimpleString.of(definition.address())) == null) {
      throw new BrokerException(Reason.UNKNOWN, "there is no topic " + definition.address());
    }
    QueueConfiguration configuration =
        QueueConfiguration.of(definition.name())
            .setAddress(definition.address())
            .setRoutingType(isOwnAddress ? RoutingType.ANYCAST : RoutingType.MULTICAST)
            .setDurable(true)
            .setAutoCreated(false)
            .setAutoDelete(false)
            .setEnabled(definition.enabled())
            .setMaxConsumers(-1)
            .setPurgeOnNoConsumers(false)
            .setUser(definition.owner().orElse(null))
            .setFilterString(definition.filter().orElse(""));
    disk.now(
        () -> {
          if (server.locateQueue(SimpleString.of(definition.name())) == null) {
            server.createQueue(
                configuration.setFilterString(definition.filter().orElse(null)), true);
          } else {
            server.updateQueue(configuration, false);
          }
        });
  }

  private static void checkFilter(@Nullable String filter) {
    try {
      FilterImpl.createFilter(filter);
    } catch (Exception e) {
      throw new BrokerException(Reason.INVALID, "not a JMS selector: " + filter, e);
    }
  }

  @Override
  public void deleteQueue(String name) {
    disk.now(
        () -> {
          Queue queue = server.locateQueue(SimpleString.of(name));
          if (queue == null) {
            return;
          }
          boolean isOwnAddress = queue.getAddress().equals(queue.getName());
          server.destroyQueue(SimpleString.of(name), null, false, true);
          if (isOwnAddress) {
            limits.forget(name);
            closeTopic(name);
          }
        });
  }

  @Override
  public Optional<QueueInfo> queue(String name) {
    return browsing.info(name);
  }

  @Override
  public List<QueueInfo> queues() {
    return browsing.infos();
  }

  @Override
  public List<ClientInfo> clients() {
    return clients.list();
  }

  @Override
  public void publish(String address, Message message, Confirmation confirmation) {
    disk.write(
        () -> {
          checkRoom(address);
          server.getPostOffice().route(stored(address, message), false);
        },
        confirmation);
  }

  @Override
  public void publish(String address, List<Message> messages, Confirmation confirmation) {
    disk.write(
        () -> {
          checkRoom(address);
          Transaction transaction = new TransactionImpl(server.getStorageManager());
          try {
            routeAll(address, messages, transaction);
            transaction.commit();
          } catch (Exception e) {
            transaction.rollback();
            throw e;
          }
        },
        confirmation);
  }

  private void routeAll(String address, List<Message> messages, Transaction transaction)
      throws Exception {
    PostOffice office = server.getPostOffice();
    DuplicateIDCache seen = office.getDuplicateIDCache(SimpleString.of(address));
    Set<String> ids = new HashSet<>();
    for (Message each : messages) {
      var stored = stored(address, each);
      byte[] id = stored.getDuplicateIDBytes();
      // Artemis itself would refuse all of them.
      if (id == null || (ids.add(each.dedupId().orElse("")) && !seen.contains(id))) {
        office.route(stored, transaction, false);
      }
    }
  }

  private org.apache.activemq.artemis.api.core.Message stored(String address, Message message)
      throws Exception {
    AddressInfo info = server.getAddressInfo(SimpleString.of(address));
    if (info == null) {
      throw new BrokerException(Reason.UNKNOWN, "there is no topic " + address);
    }
    StorageManager storage = server.getStorageManager();
    var stored =
        LargeServerMessageImpl.checkLargeMessage(
            MessageCodec.write(message, storage.generateID(), address), storage);
    stored.setRoutingType(info.getRoutingType());
    return stored;
  }

  @Override
  public void enqueue(String queue, Message message, Confirmation confirmation) {
    disk.write(
        () -> {
          Queue target = deliveries.queue(queue);
          checkRoom(target.getAddress().toString());
          deliveries.put(target, message);
        },
        confirmation);
  }

  @Override
  public void enqueue(List<Placed> messages, Confirmation confirmation) {
    disk.write(
        () -> {
          for (Placed each : messages) {
            checkRoom(deliveries.queue(each.queue()).getAddress().toString());
          }
          deliveries.replace(List.of(), messages);
        },
        confirmation);
  }

  @Override
  public void replace(List<Delivery> done, List<Placed> messages, Confirmation confirmation) {
    HeldDelivery.replace(
        done.stream().map(HeldDelivery.class::cast).toList(), messages, deliveries, confirmation);
  }

  private void checkRoom(String address) {
    if (isDiskFull()) {
      throw new BrokerException(
          Reason.DISK_FULL, "the disk is full: nothing is taken until there is room");
    }
    if (limits.isFull(address)) {
      throw new BrokerException(Reason.FULL, address + " is full");
    }
  }

  @Override
  public void divert(String topic, String queue, String back) {
    undivert(topic);
    disk.now(
        () ->
            server.deployDivert(
                new DivertConfiguration()
                    .setName(diversion(topic))
                    .setRoutingName(diversion(topic))
                    .setAddress(topic)
                    .setForwardingAddress(queue)
                    .setExclusive(true)
                    .setRoutingType(ComponentConfigurationRoutingType.ANYCAST)
                    .setFilterString(back + " IS NULL")));
    limits.divert(topic, queue);
  }

  @Override
  public void undivert(String topic) {
    limits.undivert(topic);
    SimpleString name = SimpleString.of(diversion(topic));
    disk.now(
        () -> {
          if (server.getPostOffice().getBinding(name) != null) {
            server.destroyDivert(name);
          }
        });
  }

  private static String diversion(String topic) {
    return INTERNAL + "divert/" + topic;
  }

  @Override
  public String id() {
    return server.getNodeID().toString();
  }

  @Override
  public boolean isDiskFull() {
    return server.getPagingManager().isDiskFull();
  }

  @Override
  public Consumption consume(String queue, Receiver receiver) {
    return deliveries.consume(queue, receiver);
  }

  @Override
  public List<StoredMessage> browse(
      String queue, Predicate<StoredMessage> wanted, long offset, int limit) {
    return browsing.browse(queue, wanted, offset, limit);
  }

  @Override
  public boolean move(String queue, long number, String target, UnaryOperator<Message> change) {
    return browsing.move(queue, number, target, change);
  }

  @Override
  public boolean delete(String queue, long number) {
    return browsing.delete(queue, number);
  }

  @Override
  public long clear(String queue) {
    return browsing.clear(queue);
  }

  @Override
  public void accessChanged(String definition) {
    clients.disconnect(definition);
  }

  /** Takes nothing more, and ends in order. */
  @Override
  public void close() {
    deliveries.stop();
    artemis.close();
  }
}
