package org.caravanserai.management.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.security.tls.OwnCertificates;
import org.caravanserai.security.tls.TlsFiles;
import org.caravanserai.security.tls.TlsWatch;
import org.caravanserai.spi.ReadinessCheck;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * TLS on the management listener, if a certificate is set. Whether Pax Web has a connector with TLS
 * or a plain one, its own settings say; one with TLS lets nobody in before it has a certificate.
 *
 * <p>Local scripts know the server by the digest of its key, in a file beside their token.
 */
@Component(
    service = ReadinessCheck.class,
    immediate = true,
    configurationPid = "org.caravanserai.management",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ManagementSettings.class)
public final class ManagementTls implements ReadinessCheck {

  private final @Nullable TlsWatch watch;
  private final OwnCertificates.@Nullable Place certificate;
  private final @Nullable ServiceRegistration<Handler> registration;

  /** Brings the certificate to the listener. */
  @Activate
  public ManagementTls(
      BundleContext bundles, ManagementSettings settings, @Reference OwnCertificates certificates) {
    TlsFiles files = new TlsFiles(settings.tls__certificate__file(), settings.tls__key__file(), "");
    if (files.certificate().isEmpty()) {
      watch = null;
      certificate = null;
      registration = null;
      return;
    }
    TlsDoor door = new TlsDoor();
    Path pin = Path.of(settings.data()).toAbsolutePath().resolve("security/management.pin");
    watch =
        new TlsWatch(
            "management-tls",
            "management",
            files,
            (content, isFirst) -> {
              door.use(content);
              write(pin, pin(content.shown()));
            });
    watch.start(settings.tls__rescan());
    certificate = certificates.add("listener", "management", watch::shown);
    registration =
        bundles.registerService(
            Handler.class, door, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 1)));
  }

  /** The digest of a certificate's key, as curl's {@code --pinnedpubkey} takes it. */
  static String pin(X509Certificate certificate) throws GeneralSecurityException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
    return "sha256//" + Base64.getEncoder().encodeToString(digest);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(
        file.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(next, text + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public String name() {
    return "management-tls";
  }

  @Override
  public Optional<String> reason() {
    return watch == null ? Optional.empty() : watch.reason();
  }

  /** Takes the certificate away. */
  @Deactivate
  void stop() {
    if (watch != null) {
      watch.close();
    }
    if (certificate != null) {
      certificate.close();
    }
    if (registration != null) {
      registration.unregister();
    }
  }
}
