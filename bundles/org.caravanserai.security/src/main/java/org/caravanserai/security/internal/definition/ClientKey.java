package org.caravanserai.security.internal.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.security.ClientIdentity;
import org.caravanserai.security.PemFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate to be shown, by its files. Files that change are read again; what can't be used
 * leaves the certificate as it was.
 */
final class ClientKey implements Shown {

  private static final Logger LOG = LoggerFactory.getLogger(ClientKey.class);
  private static final CompletableFuture<Map<String, String>> NO_HEADERS =
      CompletableFuture.completedFuture(Map.of());
  private static final long LOOK_NANOS = 10_000_000_000L;

  private final SecurityDefinition definition;
  private volatile ClientIdentity identity;
  private volatile long looked = System.nanoTime();
  private String stamp;

  /**
   * What the files of a definition hold.
   *
   * @throws IOException if one can't be read; the message says so in words
   * @throws GeneralSecurityException if one holds something else; the message says so in words
   */
  ClientKey(SecurityDefinition definition) throws IOException, GeneralSecurityException {
    this.definition = definition;
    this.stamp = stamp();
    this.identity = read();
  }

  private ClientIdentity read() throws IOException, GeneralSecurityException {
    Optional<KeyStore> trusted =
        definition.caCertsPath().isEmpty()
            ? Optional.empty()
            : Optional.of(PemFiles.certificates(definition.caCertsPath().get()));
    return new ClientIdentity(
        PemFiles.identity(definition.certPath().orElseThrow(), definition.keyPath().orElseThrow()),
        trusted);
  }

  private String stamp() {
    StringBuilder all = new StringBuilder();
    for (Optional<String> file :
        List.of(definition.certPath(), definition.keyPath(), definition.caCertsPath())) {
      if (file.isPresent()) {
        try {
          Path path = Path.of(file.get());
          all.append(Files.getLastModifiedTime(path).toMillis())
              .append(' ')
              .append(Files.size(path));
        } catch (IOException e) {
          all.append('-');
        }
      }
      all.append('\n');
    }
    return all.toString();
  }

  @Override
  public CompletableFuture<Map<String, String>> headers() {
    return NO_HEADERS;
  }

  @Override
  public ClientIdentity identity() {
    if (System.nanoTime() - looked > LOOK_NANOS) {
      look();
    }
    return identity;
  }

  /** The certificate that is shown now. */
  @Nullable X509Certificate certificate() {
    try {
      return PemFiles.certificate(identity().keys());
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  /** Reads the files again if they have changed. */
  synchronized void look() {
    looked = System.nanoTime();
    String now = stamp();
    if (now.equals(stamp)) {
      return;
    }
    stamp = now;
    try {
      identity = read();
      LOG.info("The certificate of security {} has been read again", definition.name());
    } catch (IOException | GeneralSecurityException e) {
      LOG.error(
          "The new certificate of security {} can't be used, the old one stays: {}",
          definition.name(),
          e.getMessage());
    }
  }
}
