package org.caravanserai.http.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the traffic listener, PID {@code org.caravanserai.http}. */
@ObjectClassDefinition(name = "Traffic listener", description = "Channels and health over HTTP")
public @interface HttpSettings {

  /** The address to listen on. */
  @AttributeDefinition(description = "The address to listen on")
  String host() default "127.0.0.1";

  /** The port to listen on; 0 for any that is free. */
  @AttributeDefinition(description = "The port to listen on; 0 for any that is free")
  int port() default 8181;

  /** The address to listen on with TLS. */
  @AttributeDefinition(description = "The address to listen on with TLS; that of host if empty")
  String tls__host() default "";

  /** The port to listen on with TLS. */
  @AttributeDefinition(
      description = "The port to listen on with TLS; 0 for any that is free, -1 for none")
  int tls__port() default -1;

  /** The file with the server's certificate. */
  @AttributeDefinition(
      description = "The PEM file with the server's certificate and those that vouch for it")
  String tls__certificate__file() default "";

  /** The file with the key of the certificate. */
  @AttributeDefinition(description = "The PEM file with the key of the certificate")
  String tls__key__file() default "";

  /** The file with the certificates that vouch for callers. */
  @AttributeDefinition(
      description = "The PEM file with the certificates that vouch for callers; empty for none")
  String tls__client__ca__file() default "";

  /** Whether callers must show a certificate. */
  @AttributeDefinition(
      description = "Whether callers must show a certificate: none, want (they may) or need")
  String tls__client__auth() default "want";

  /** Seconds between two looks at the files. */
  @AttributeDefinition(description = "Seconds between two looks at the TLS files for changes")
  int tls__rescan() default 10;

  /** Seconds for which a connection may be idle. */
  @AttributeDefinition(description = "Seconds for which a connection may be idle")
  int idle__timeout() default 30;

  /** How many connections may be open. */
  @AttributeDefinition(description = "How many connections may be open; more have to wait")
  int max__connections() default 20_000;

  /** How many threads there may be for reading, and for writing streams. */
  @AttributeDefinition(
      description = "How many threads there may be for reading, and for writing streams")
  int max__threads() default 200;

  /** How many bytes the request line and headers may have. */
  @AttributeDefinition(
      description = "How many bytes the request line and headers may have; more is 414 or 431")
  int max__header__size() default 16 * 1024;

  /** How many WebSockets may be open. */
  @AttributeDefinition(description = "How many WebSockets may be open; more are answered with 503")
  int max__websockets() default 10_000;

  /** Seconds after which a WebSocket ends whose client is silent or does not read. */
  @AttributeDefinition(
      description =
          "Seconds after which a WebSocket ends whose client is silent or does not read; after half"
              + " of them it is asked by a ping")
  int websocket__idle__timeout() default 60;

  /** The other sites whose scripts may open WebSockets. */
  @AttributeDefinition(
      description =
          "The Origins (https://example.com) of other sites whose scripts may open WebSockets; *"
              + " for all")
  String[] websocket__origins() default {};

  /** Whether answers are compressed for callers who accept gzip. */
  @AttributeDefinition(description = "Whether answers are compressed for callers who accept gzip")
  boolean gzip() default true;

  /** From how many bytes on an answer is compressed. */
  @AttributeDefinition(description = "From how many bytes on an answer is compressed")
  int gzip__min__size() default 2048;

  /** How hard to compress, from 1 (fast) to 9 (small). */
  @AttributeDefinition(description = "How hard to compress, from 1 (fast) to 9 (small)")
  int gzip__level() default 4;

  /** Whether there is a line in the access log for each request. */
  @AttributeDefinition(description = "Whether the logger serai.access gets a line for each request")
  boolean access__log() default true;

  /** The proxies that are believed when they tell whose a request is. */
  @AttributeDefinition(
      description = "The addresses (CIDR) of proxies that are believed when they tell the caller's")
  String[] trusted__proxies() default {};

  /** The header in which trusted proxies tell it. */
  @AttributeDefinition(
      description = "The header in which trusted proxies tell it: X-Forwarded-For or Forwarded")
  String forwarded__header() default "X-Forwarded-For";

  /** The readiness checks without which the server is not ready. */
  @AttributeDefinition(
      description = "The readiness checks without which the server is not ready, by name")
  String[] required__checks() default {"broker", "deploy", "objects", "pubsub", "routes"};

  /** Seconds for which requests are accepted after the server began to stop. */
  @AttributeDefinition(
      description = "Seconds for which requests are accepted after the server began to stop")
  int stop__delay() default 5;

  /** Seconds after which requests that are still inside are cut off at a stop. */
  @AttributeDefinition(
      description = "Seconds after which requests that are still inside are cut off at a stop")
  int drain__timeout() default 30;
}
