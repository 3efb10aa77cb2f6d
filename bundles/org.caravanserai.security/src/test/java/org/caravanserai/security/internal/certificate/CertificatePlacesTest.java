package org.caravanserai.security.internal.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.security.certificates.Certificates;
import org.caravanserai.security.tls.OwnCertificate;
import org.caravanserai.security.tls.OwnCertificates;
import org.junit.jupiter.api.Test;

class CertificatePlacesTest {

  private static final String NAME = "serai_certificate_expiration_timestamp_seconds";
  private static final X509Certificate SHOWN =
      new Certificates("authority").issue("CN=first").certificate();

  private final MetricsComponent metrics = new MetricsComponent();
  private final CertificatePlaces places = new CertificatePlaces(metrics);

  private String text() throws IOException {
    var out = new ByteArrayOutputStream();
    metrics.write(null, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tellsOfWhatIsShownNow() throws IOException {
    AtomicReference<X509Certificate> shown = new AtomicReference<>();
    OwnCertificates.Place place = places.add("listener", "traffic", shown::get);
    assertThat(places.list()).isEmpty();
    shown.set(SHOWN);
    assertThat(places.list())
        .containsExactly(
            new OwnCertificate("listener", "traffic", "CN=first", SHOWN.getNotAfter().toInstant()));
    String line = text().lines().filter(each -> each.startsWith(NAME)).findFirst().orElseThrow();
    assertThat(line).startsWith(NAME + "{kind=\"listener\",name=\"traffic\"} ");
    assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .isEqualTo((double) SHOWN.getNotAfter().toInstant().getEpochSecond());
    place.close();
    assertThat(places.list()).isEmpty();
    assertThat(text()).doesNotContain(NAME + "{");
  }

  @Test
  void takesItsMetricAway() throws IOException {
    places.add("listener", "traffic", () -> SHOWN);
    places.stop();
    assertThat(text()).doesNotContain(NAME);
  }
}
