package org.caravanserai.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/**
 * What is known of the certificate of a caller.
 *
 * @param fingerprint the SHA-256 of its DER form, 64 lower-case hexadecimal digits
 * @param subject its subject, in the canonical form of {@link X500Principal#CANONICAL}
 */
public record ClientCertificate(String fingerprint, String subject) {

  /**
   * What is known of a certificate.
   *
   * @throws IllegalArgumentException if it has no DER form
   */
  public static ClientCertificate of(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new ClientCertificate(
          HexFormat.of().formatHex(digest),
          certificate.getSubjectX500Principal().getName(X500Principal.CANONICAL));
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate without a DER form", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
