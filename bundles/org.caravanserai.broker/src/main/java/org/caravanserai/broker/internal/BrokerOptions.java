package org.caravanserai.broker.internal;

import java.nio.file.Path;

/**
 * What the broker is told, as {@link BrokerSettings} says it.
 *
 * @param folder where it keeps its files
 */
record BrokerOptions(
    Path folder,
    String host,
    int port,
    String protocols,
    int maxConnections,
    int journalBufferMicros,
    long minDiskFree,
    int diskScanMillis,
    long maxMemory,
    long maxAddressMemory,
    int pageSize,
    int maxMessageSize,
    int maxDeliveries) {

  static BrokerOptions of(BrokerSettings settings) {
    return new BrokerOptions(
        Path.of(settings.data()).resolve("broker"),
        settings.host(),
        settings.port(),
        settings.protocols(),
        settings.max__connections(),
        settings.journal__buffer__timeout(),
        settings.min__disk__free(),
        settings.disk__scan__period(),
        settings.max__memory(),
        settings.max__address__memory(),
        settings.page__size(),
        settings.max__message__size(),
        settings.max__deliveries());
  }

  /** Those of a broker on any free port of the loopback interface. */
  static BrokerOptions defaults(Path folder) {
    return new BrokerOptions(
        folder,
        "127.0.0.1",
        0,
        "CORE,AMQP,MQTT,STOMP",
        10_000,
        300,
        1_048_576,
        1000,
        67_108_864,
        10_485_760,
        65_536,
        104_857_600,
        20);
  }

  /** The same on another port. */
  BrokerOptions at(int other) {
    return new BrokerOptions(
        folder,
        host,
        other,
        protocols,
        maxConnections,
        journalBufferMicros,
        minDiskFree,
        diskScanMillis,
        maxMemory,
        maxAddressMemory,
        pageSize,
        maxMessageSize,
        maxDeliveries);
  }
}
