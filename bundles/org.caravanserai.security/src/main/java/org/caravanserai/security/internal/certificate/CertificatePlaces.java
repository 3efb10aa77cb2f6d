package org.caravanserai.security.internal.certificate;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.caravanserai.metrics.Metrics;
import org.caravanserai.security.tls.OwnCertificate;
import org.caravanserai.security.tls.OwnCertificates;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Knows the places, and tells in the metrics when each certificate expires. */
@Component(service = OwnCertificates.class)
public final class CertificatePlaces implements OwnCertificates {

  private final List<Entry> places = new CopyOnWriteArrayList<>();
  private final Metrics metrics;
  private final GaugeWithCallback expiry;

  /** Without any certificate. */
  @Activate
  public CertificatePlaces(@Reference Metrics metrics) {
    this.metrics = metrics;
    expiry =
        GaugeWithCallback.builder()
            .name("serai_certificate_expiration_timestamp_seconds")
            .help("When a certificate that this server shows expires, in seconds since 1970")
            .labelNames("kind", "name")
            .callback(
                callback ->
                    list()
                        .forEach(
                            each ->
                                callback.call(
                                    (double) each.expires().getEpochSecond(),
                                    each.kind(),
                                    each.name())))
            .register(metrics.registry());
  }

  /** Takes the metric away. */
  @Deactivate
  void stop() {
    metrics.registry().unregister(expiry);
  }

  @Override
  public Place add(String kind, String name, Supplier<@Nullable X509Certificate> shown) {
    Entry entry = new Entry(kind, name, shown);
    places.add(entry);
    return entry;
  }

  @Override
  public List<OwnCertificate> list() {
    return places.stream()
        .flatMap(Entry::now)
        .sorted(Comparator.comparing(OwnCertificate::expires))
        .toList();
  }

  private final class Entry implements Place {

    private final String kind;
    private final String name;
    private final Supplier<@Nullable X509Certificate> shown;

    Entry(String kind, String name, Supplier<@Nullable X509Certificate> shown) {
      this.kind = kind;
      this.name = name;
      this.shown = shown;
    }

    Stream<OwnCertificate> now() {
      X509Certificate certificate = shown.get();
      return certificate == null
          ? Stream.empty()
          : Stream.of(
              new OwnCertificate(
                  kind,
                  name,
                  certificate.getSubjectX500Principal().getName(),
                  certificate.getNotAfter().toInstant()));
    }

    @Override
    public void close() {
      places.remove(this);
    }
  }
}
