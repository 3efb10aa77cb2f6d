package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.caravanserai.security.certificates.Certificates;
import org.caravanserai.security.certificates.Certificates.Issued;
import org.caravanserai.security.tls.TlsFiles;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsDoorTest {

  private static final Certificates AUTHORITY = new Certificates("authority");
  private static final Issued FIRST = AUTHORITY.issue("CN=first");
  private static final Issued SECOND = AUTHORITY.issue("CN=second");

  @TempDir Path folder;
  private final Server server = new Server();
  private final TlsDoor door = new TlsDoor();
  private ServerConnector connector;

  /** As Pax Web makes its server: a connector with TLS and no certificate. */
  @BeforeEach
  void start() throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer());
    connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(
                new SslContextFactory.Server(), HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Sequence(
            door,
            new Handler.Abstract() {
              @Override
              public boolean handle(Request request, Response response, Callback callback) {
                Content.Sink.write(response, true, "hello", callback);
                return true;
              }
            }));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private void use(Issued issued) throws Exception {
    issued.write(folder, "server");
    TlsFiles files =
        new TlsFiles(
            folder.resolve("server.crt").toString(), folder.resolve("server.key").toString(), "");
    door.use(files.read(files.stamp()));
  }

  private SSLSocket connect() throws IOException {
    SSLSocket socket =
        (SSLSocket)
            AUTHORITY
                .client(null)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.startHandshake();
    return socket;
  }

  private static String ask(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: another.name\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (!answer.toString().endsWith("hello")) {
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        throw new IOException("cut off after " + answer);
      }
      answer.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
    }
    return answer.toString();
  }

  private Object shown() throws IOException {
    try (SSLSocket socket = connect()) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void nobodyComesInBeforeThereIsACertificate() throws Exception {
    server.start();
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    use(FIRST);
    try (SSLSocket socket = connect()) {
      assertThat(ask(socket)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void noRequestInClearIsAnswered() throws Exception {
    use(FIRST);
    server.start();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      assertThatThrownBy(() -> ask(socket)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aConnectorInClearGetsTls() throws Exception {
    server.removeConnector(connector);
    connector = new ServerConnector(server, new HttpConnectionFactory(new HttpConfiguration()));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.start();
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    use(FIRST);
    try (SSLSocket socket = connect()) {
      assertThat(ask(socket)).startsWith("HTTP/1.1 200");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      assertThatThrownBy(() -> ask(socket)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherCertificateTakesOverWithoutLosingAConnection() throws Exception {
    use(FIRST);
    server.start();
    try (SSLSocket before = connect()) {
      ask(before);
      use(SECOND);
      assertThat(shown()).isEqualTo(SECOND.certificate());
      assertThat(ask(before)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aServerThatStartsAnewHasTheCertificate() throws Exception {
    use(FIRST);
    server.start();
    server.stop();
    use(SECOND);
    server.start();
    assertThat(shown()).isEqualTo(SECOND.certificate());
  }

  @Test
  void thePinIsThatOfCurl() throws Exception {
    assertThat(ManagementTls.pin(FIRST.certificate()))
        .matches("sha256//[A-Za-z0-9+/]{43}=")
        .isNotEqualTo(ManagementTls.pin(SECOND.certificate()));
  }
}
