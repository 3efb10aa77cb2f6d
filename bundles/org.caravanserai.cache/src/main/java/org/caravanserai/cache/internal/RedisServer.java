package org.caravanserai.cache.internal;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.caravanserai.security.PemFiles;

/**
 * A Redis, and how it is used.
 *
 * @param host where it is
 * @param port its port
 * @param database the number of the database
 * @param tls makes the sockets of an encrypted connection; empty for one in the clear
 * @param username the user
 * @param password the user's password
 * @param timeout how long an answer may take
 * @param poolSize how many connections there may be at a time
 */
public record RedisServer(
    String host,
    int port,
    int database,
    Optional<SSLSocketFactory> tls,
    Optional<String> username,
    Optional<String> password,
    Duration timeout,
    int poolSize) {

  private static final int USUAL_PORT = 6379;
  private static final String EXPECTED =
      "expected redis://host:6379/0, or rediss:// for TLS, with nothing else in it";

  /**
   * What an URL says.
   *
   * @param url {@code redis://host:port/database}, or {@code rediss://} for TLS
   * @param certificates a PEM file of those who vouch for the server; empty for Java's own
   * @throws IllegalArgumentException if the URL is none of these; its words hold nothing of it
   * @throws IOException if the file can't be read
   * @throws GeneralSecurityException if it holds no certificates
   */
  public static RedisServer of(
      String url,
      Optional<String> certificates,
      Optional<String> username,
      Optional<String> password,
      Duration timeout,
      int poolSize)
      throws IOException, GeneralSecurityException {
    URI place = parse(url);
    return new RedisServer(
        place.getHost(),
        place.getPort() < 0 ? USUAL_PORT : place.getPort(),
        database(place),
        isTls(place) ? Optional.of(factory(certificates)) : Optional.empty(),
        username,
        password,
        timeout,
        poolSize);
  }

  /**
   * Looks whether an URL makes sense.
   *
   * @throws IllegalArgumentException if not; its words hold nothing of it
   */
  public static void check(String url) {
    URI unused = parse(url);
  }

  private static URI parse(String url) {
    try {
      URI place = new URI(url);
      if (isTls(place) || "redis".equalsIgnoreCase(place.getScheme())) {
        if (place.getUserInfo() != null) {
          throw new IllegalArgumentException("user and password belong into fields of their own");
        }
        boolean isMore = place.getQuery() != null || place.getFragment() != null;
        if (place.getHost() != null && !isMore && database(place) >= 0) {
          return place;
        }
      }
    } catch (URISyntaxException e) {
      // Told below: its own words would repeat the URL, which may hold a password.
    }
    throw new IllegalArgumentException(EXPECTED);
  }

  private static boolean isTls(URI place) {
    return "rediss".equalsIgnoreCase(place.getScheme());
  }

  private static int database(URI place) {
    String path = place.getPath().replaceFirst("^/", "");
    return path.isEmpty() ? 0 : path.matches("[0-9]{1,5}") ? Integer.parseInt(path) : -1;
  }

  private static SSLSocketFactory factory(Optional<String> certificates)
      throws IOException, GeneralSecurityException {
    if (certificates.isEmpty()) {
      return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(PemFiles.certificates(certificates.get()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RedisServer[%s:%d/%d]".formatted(host, port, database);
  }
}
