package org.caravanserai.rest.internal.outgoing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.rest.internal.outgoing.HttpClients.Pool;
import org.caravanserai.rest.internal.outgoing.HttpClients.Way;
import org.caravanserai.security.ClientIdentity;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.security.PemFiles;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.ByteSize;
import org.eclipse.jetty.client.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * One configuration of a connection, with what it holds. Its connections are closed when it is not
 * current any more and the last of its requests has ended.
 */
final class Target {

  private static final int LEAST_CALLS = 10;
  private static final CompletableFuture<Map<String, String>> NO_CREDENTIALS =
      CompletableFuture.completedFuture(Map.of());

  private final OutgoingRest configuration;
  private final Address address;
  private final @Nullable OutgoingCredentials credentials;
  private final @Nullable ClientIdentity identity;
  private final @Nullable CircuitBreaker breaker;
  private final Retries retries;
  private final int maxResponse;
  private final Way way;
  private final Pool pool;
  private final HttpClients clients;
  private final Uses uses = new Uses(this::letGo);
  private volatile @Nullable HttpClient client;

  /** When the circuit was opened or closed last. */
  private volatile long changed;

  /**
   * What a configuration, which has been validated, asks for.
   *
   * @throws Exception if a file that it names can't be read
   */
  Target(OutgoingRest configuration, SecurityDefinitions security, HttpClients clients)
      throws Exception {
    this.configuration = configuration;
    this.address = Address.parse(configuration.host(), configuration.urlPath());
    this.credentials = configuration.security().map(security::outgoing).orElse(null);
    this.identity = credentials == null ? null : credentials.identity();
    this.breaker = configuration.circuitBreaker() ? breaker(configuration) : null;
    this.retries =
        new Retries(
            configuration.maxRetries(),
            configuration.retrySleepTime(),
            configuration.retryBackoffMultiplier(),
            configuration.retryBackoffThreshold());
    this.maxResponse = ByteSize.parse(configuration.maxResponseSize());
    this.way =
        new Way(
            configuration.tlsVerify(),
            configuration.tlsCaFile(),
            configuration.proxy(),
            configuration.connectTimeout(),
            identity);
    this.pool = new Pool(configuration.poolSize());
    this.clients = clients;
    if (configuration.tlsVerify() && configuration.tlsCaFile().isPresent()) {
      KeyStore unused = PemFiles.certificates(configuration.tlsCaFile().get());
    }
  }

  private CircuitBreaker breaker(OutgoingRest configuration) {
    int window = configuration.circuitBreakerWindow();
    CircuitBreaker made =
        CircuitBreaker.of(
            configuration.name(),
            CircuitBreakerConfig.custom()
                .failureRateThreshold(configuration.circuitBreakerFailureRate())
                .slidingWindow(
                    window,
                    Math.min(window, LEAST_CALLS),
                    SlidingWindowType.COUNT_BASED,
                    SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .waitDurationInOpenState(
                    configuration.circuitBreakerWait().isZero()
                        ? Duration.ofMillis(1)
                        : configuration.circuitBreakerWait())
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
    made.getEventPublisher().onStateTransition(change -> changed = System.nanoTime());
    return made;
  }

  OutgoingRest configuration() {
    return configuration;
  }

  String name() {
    return configuration.name();
  }

  Address address() {
    return address;
  }

  @Nullable CircuitBreaker breaker() {
    return breaker;
  }

  /** For how many seconds more its circuit is open; 0 if it is not, or a trial is under way. */
  int restSeconds() {
    if (breaker == null || breaker.getState() != CircuitBreaker.State.OPEN) {
      return 0;
    }
    Duration gone = Duration.ofNanos(System.nanoTime() - changed);
    Duration left = configuration.circuitBreakerWait().minus(gone);
    return (int) Math.max(left.plusMillis(999).toSeconds(), 0);
  }

  Retries retries() {
    return retries;
  }

  int maxResponse() {
    return maxResponse;
  }

  Pool pool() {
    return pool;
  }

  Uses uses() {
    return uses;
  }

  /** The headers with the credentials: at once, or when they are there. */
  CompletableFuture<Map<String, String>> credentials() {
    return credentials == null ? NO_CREDENTIALS : credentials.headers();
  }

  /** The other side has refused the credentials; whether there are others. */
  boolean refused(Map<String, String> shown) {
    return credentials != null && credentials.refused(shown);
  }

  /** Whether connections would show another certificate by now. */
  boolean isOutdated() {
    return credentials != null && credentials.identity() != identity;
  }

  /** The client, made by the first request; the caller is inside {@link #uses}. */
  HttpClient client() throws Exception {
    HttpClient known = client;
    if (known == null) {
      synchronized (this) {
        known = client;
        if (known == null) {
          known = clients.acquire(way);
          client = known;
        }
      }
    }
    return known;
  }

  private void letGo() {
    if (client != null) {
      // Not on a thread of the client, which may have to stop.
      Thread closing = new Thread(() -> clients.release(way, pool), "serai-rest-close");
      closing.setDaemon(true);
      closing.start();
    }
  }
}
