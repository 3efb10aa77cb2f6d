package org.caravanserai.security.internal.web;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** Asks servers that issue keys and tokens; waits for nothing. */
public final class WebClient {

  private static final int LARGEST = 1024 * 1024;

  private final HttpClient client;
  private final Duration timeout;

  private WebClient(HttpClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  /**
   * A client that has no connections yet.
   *
   * @param trusted the certificates that vouch for servers; empty for Java's own
   * @param timeout how long an answer may take
   * @throws GeneralSecurityException if the certificates can't be used
   */
  public static WebClient of(Optional<KeyStore> trusted, Duration timeout)
      throws GeneralSecurityException {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(timeout);
    if (trusted.isPresent()) {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted.get());
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      builder.sslContext(tls);
    }
    return new WebClient(builder.build(), timeout);
  }

  /** A request, to be completed. */
  public HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(timeout).header("Accept", "application/json");
  }

  /** Sends a request; the answer may have any status, and at most 1 MB. */
  public CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
    return client.sendAsync(request, head -> new LimitedBytes(LARGEST));
  }

  /** Why there is no answer, in words. */
  public static String words(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (cause instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof ConnectException) {
      return "it can't be reached";
    }
    if (cause instanceof SSLException) {
      return "the TLS handshake failed";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
