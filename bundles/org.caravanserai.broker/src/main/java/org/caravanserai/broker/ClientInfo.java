package org.caravanserai.broker;

/**
 * A client of the network.
 *
 * @param id the connection's id
 * @param clientId the id that the client gave itself; empty if none
 * @param user the security definition whose credentials it has; empty if it has shown none yet
 * @param protocol {@code CORE}, {@code AMQP}, {@code MQTT} or {@code STOMP}
 * @param address where it is
 * @param connectedAt since when, in milliseconds since 1970
 */
public record ClientInfo(
    String id, String clientId, String user, String protocol, String address, long connectedAt) {}
