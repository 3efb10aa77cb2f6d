package org.caravanserai.security.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.caravanserai.security.PemFiles;
import org.jspecify.annotations.Nullable;

/**
 * The files from which a listener with TLS is made.
 *
 * @param certificate the server's certificate and those that vouch for it
 * @param key the key of the certificate
 * @param clientCa the certificates that vouch for callers; empty for none
 */
public record TlsFiles(String certificate, String key, String clientCa) {

  /**
   * What the files hold.
   *
   * @param identity the key and its certificates
   * @param trusted the certificates that vouch for callers; {@code null} for none
   * @param shown the server's own certificate
   * @param stamp changes whenever a file does
   */
  public record Content(
      KeyStore identity, @Nullable KeyStore trusted, X509Certificate shown, String stamp) {}

  /** The same without the white space around the names. */
  public TlsFiles {
    certificate = certificate.strip();
    key = key.strip();
    clientCa = clientCa.strip();
  }

  /** A text that changes whenever a file does, appears or goes. */
  public String stamp() {
    StringBuilder stamp = new StringBuilder();
    for (String file : List.of(certificate, key, clientCa)) {
      stamp.append(file.isEmpty() ? "" : digest(file)).append('\n');
    }
    return stamp.toString();
  }

  private static String digest(String file) {
    try {
      byte[] content = Files.readAllBytes(Path.of(file));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (IOException | GeneralSecurityException e) {
      return e.toString();
    }
  }

  /**
   * Reads the files.
   *
   * @param before the stamp of what is read
   * @throws IOException if one can't be read; the message says so in words
   * @throws GeneralSecurityException if one holds something else; the message says so in words
   */
  public Content read(String before) throws IOException, GeneralSecurityException {
    if (certificate.isEmpty() || key.isEmpty()) {
      throw new IOException("tls_certificate_file and tls_key_file are not set");
    }
    KeyStore identity = PemFiles.identity(certificate, key);
    return new Content(
        identity,
        clientCa.isEmpty() ? null : PemFiles.certificates(clientCa),
        PemFiles.certificate(identity),
        before);
  }
}
