package org.caravanserai.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.caravanserai.security.certificates.Certificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker's port with a certificate. */
class BrokerTlsTest {

  @TempDir private Path folder;

  @Test
  void clientsComeWithTlsOnlyAndANewCertificateIsTakenWhileItIsOpen() throws Exception {
    Certificates authority = new Certificates("authority");
    Certificates.Issued first = authority.issue("CN=localhost");
    Certificates.Issued second = authority.issue("CN=localhost");
    CurrentKey key = new CurrentKey(Certificates.identity(first));
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(
            BrokerOptions.defaults(folder), key.context(), () -> new EveryoneMay())) {
      SSLContext client = authority.client(null);
      assertThat(connect(client, broker.port())).isEqualTo(first.certificate());
      key.change(Certificates.identity(second));
      assertThat(connect(authority.client(null), broker.port())).isEqualTo(second.certificate());
      try (Stomp plain = Stomp.connected(broker.port(), "shop", "right")) {
        assertThat(plain.next()).doesNotContain("CONNECTED");
      }
    }
  }

  /** Speaks STOMP, and tells which certificate was shown. */
  private static X509Certificate connect(SSLContext context, int port) throws Exception {
    try (SSLSocket socket =
            (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        Stomp stomp = new Stomp(socket)) {
      stomp.send("CONNECT\naccept-version:1.2\nhost:serai\nlogin:shop\npasscode:right\n\n");
      assertThat(stomp.next()).startsWith("CONNECTED");
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
