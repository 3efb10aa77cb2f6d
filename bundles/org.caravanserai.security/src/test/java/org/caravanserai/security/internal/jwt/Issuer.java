package org.caravanserai.security.internal.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** A server that issues tokens and shows its keys. */
public final class Issuer implements AutoCloseable {

  /** The name by which tokens know it. */
  public static final String NAME = "https://issuer.example.com";

  /** How often its keys have been fetched. */
  public final AtomicInteger fetches = new AtomicInteger();

  /** Held by whoever wants its keys to be late. */
  public final ReentrantLock late = new ReentrantLock();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile int status = 200;
  private volatile String document = "";

  /** An issuer that shows keys. */
  public Issuer(RSAKey... keys) {
    show(keys);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/keys",
        exchange -> {
          late.lock();
          try {
            fetches.incrementAndGet();
            byte[] body = document.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          } finally {
            late.unlock();
            exchange.close();
          }
        });
    server.start();
  }

  /** Where its keys are. */
  public URI keys() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
  }

  /** From now on shows other keys. */
  public void show(RSAKey... keys) {
    document = new JWKSet(List.of((JWK[]) keys)).toString();
  }

  /** From now on answers so. */
  public void answer(int otherStatus, String text) {
    status = otherStatus;
    document = text;
  }

  /** A new pair of keys. */
  public static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Claims of a token that is right for five minutes. */
  public static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience("orders")
        .subject("somebody")
        .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
  }

  /** A token. */
  public static String token(RSAKey key, JWTClaimsSet claims) {
    return token(JWSAlgorithm.RS256, key, claims);
  }

  /** A token signed by some algorithm. */
  public static String token(JWSAlgorithm algorithm, RSAKey key, JWTClaimsSet claims) {
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
