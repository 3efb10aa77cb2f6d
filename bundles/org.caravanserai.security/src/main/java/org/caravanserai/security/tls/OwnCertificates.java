package org.caravanserai.security.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The certificates that this server shows, to those who call it and to those whom it calls. */
@ProviderType
public interface OwnCertificates {

  /**
   * Adds the place of a certificate.
   *
   * @param kind {@code listener}, or the kind of an object
   * @param name which of them
   * @param shown the certificate that is shown there now; {@code null} for none
   */
  Place add(String kind, String name, Supplier<@Nullable X509Certificate> shown);

  /** Those that are shown now, the first to expire first. */
  List<OwnCertificate> list();

  /** A place where a certificate is shown. */
  @ProviderType
  interface Place extends AutoCloseable {
    /** Nothing is shown there any more. */
    @Override
    void close();
  }
}
