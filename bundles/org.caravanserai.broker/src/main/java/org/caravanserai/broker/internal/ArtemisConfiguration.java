package org.caravanserai.broker.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.caravanserai.broker.Broker;
import org.jspecify.annotations.Nullable;

/** What Artemis is told: where a default of its own would do it is left alone. */
final class ArtemisConfiguration {

  private static final int JOURNAL_FILE_SIZE = 10 * 1024 * 1024;
  private static final int KNOWN_DUPLICATES = 20_000;

  /** By default each queue, however idle, has room for 8192 in front of it: 32 KB of heap. */
  private static final int QUEUE_BUFFER = 128;

  /**
   * So much does each queue read back from the disk before anybody asks for it; Artemis' own two
   * pages would have a thousand queues fill the heap.
   */
  private static final int AHEAD = 20;

  private static final int AHEAD_BYTES = 64 * 1024;

  private ArtemisConfiguration() {}

  static Configuration of(BrokerOptions options, @Nullable SSLContext tls) throws Exception {
    ConfigurationImpl configuration = new ConfigurationImpl();
    configuration.setName("serai");
    configuration.setBrokerInstance(options.folder().toFile());
    configuration.setBindingsDirectory(options.folder().resolve("bindings").toString());
    configuration.setJournalDirectory(options.folder().resolve("journal").toString());
    configuration.setPagingDirectory(options.folder().resolve("paging").toString());
    configuration.setLargeMessagesDirectory(options.folder().resolve("large").toString());
    configuration.setPersistenceEnabled(true);
    configuration.setJournalType(JournalType.NIO);
    configuration.setJournalFileSize(JOURNAL_FILE_SIZE);
    configuration.setJournalSyncNonTransactional(true);
    configuration.setJournalSyncTransactional(true);
    configuration.setLargeMessageSync(true);
    // An embedded broker does not measure its disk: Artemis' own 3.33 ms would be the pace of all.
    int nanos = (int) TimeUnit.MICROSECONDS.toNanos(options.journalBufferMicros());
    configuration.setJournalBufferTimeout_NIO(nanos);
    configuration.setPageSyncTimeout(nanos);
    configuration.setIDCacheSize(KNOWN_DUPLICATES);
    configuration.setMinDiskFree(options.minDiskFree());
    configuration.setDiskScanPeriod(options.diskScanMillis());
    configuration.setGlobalMaxSize(options.maxMemory());
    configuration.setSecurityEnabled(true);
    configuration.setJMXManagementEnabled(false);
    configuration.setCriticalAnalyzer(false);
    configuration.setGracefulShutdownEnabled(false);
    // What a client made and left, such as the address of a wildcard, goes after a minute.
    configuration.setAddressQueueScanPeriod(TimeUnit.MINUTES.toMillis(1));
    configuration.addAddressSetting("#", everyAddress(options));
    configuration.addAcceptorConfiguration(acceptor(options, tls));
    return configuration;
  }

  private static AddressSettings everyAddress(BrokerOptions options) {
    AddressSettings settings = new AddressSettings();
    settings.setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
    settings.setMaxSizeBytes(options.maxAddressMemory());
    settings.setPageSizeBytes(options.pageSize());
    settings.setPageCacheMaxSize(1);
    settings.setInitialQueueBufferSize(QUEUE_BUFFER);
    // By default two pages: who has so much in his hands would get no more.
    settings.setMaxReadPageBytes((int) Math.min(Integer.MAX_VALUE, options.maxAddressMemory()));
    settings.setPrefetchPageMessages(AHEAD);
    settings.setPrefetchPageBytes(AHEAD_BYTES);
    // Dead letters are ours, for each queue its own; see ClientRules.
    settings.setMaxDeliveryAttempts(-1);
    // Guard refuses all but the addresses of wildcard subscriptions.
    settings.setAutoCreateAddresses(true);
    settings.setAutoCreateQueues(true);
    settings.setAutoDeleteAddresses(true);
    settings.setAutoDeleteQueues(true);
    settings.setDefaultAddressRoutingType(RoutingType.MULTICAST);
    settings.setDefaultQueueRoutingType(RoutingType.MULTICAST);
    settings.setEnableIngressTimestamp(true);
    return settings;
  }

  private static TransportConfiguration acceptor(BrokerOptions options, @Nullable SSLContext tls) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(TransportConstants.HOST_PROP_NAME, options.host());
    parameters.put(TransportConstants.PORT_PROP_NAME, options.port());
    parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, options.protocols());
    parameters.put(TransportConstants.CONNECTIONS_ALLOWED, options.maxConnections());
    parameters.put(TransportConstants.HANDSHAKE_TIMEOUT, 10);
    if (tls != null) {
      parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
      parameters.put(TransportConstants.SSL_CONTEXT_PROP_NAME, tls);
    }
    Map<String, Object> protocol = new HashMap<>();
    protocol.put("closeMqttConnectionOnPublishAuthorizationFailure", "true");
    // AMQP and STOMP name a topic plainly: Artemis takes it for one that every subscriber gets.
    protocol.put("saslMechanisms", "PLAIN");
    return new TransportConfiguration(
        NettyAcceptorFactory.class.getName(), parameters, "clients", protocol);
  }

  /** Whether a name is closed to clients of the network. */
  static boolean isInternal(String name) {
    return name.startsWith(Broker.INTERNAL) || name.startsWith("activemq.") || name.startsWith("$");
  }
}
