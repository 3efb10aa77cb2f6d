package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.caravanserai.security.ClientCertificate;
import org.caravanserai.security.certificates.Certificates;
import org.caravanserai.security.certificates.Certificates.Issued;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsListenerTest {

  private static final Certificates AUTHORITY = new Certificates("authority");
  private static final Issued FIRST = AUTHORITY.issue("CN=first");
  private static final Issued SECOND = AUTHORITY.issue("CN=second");
  private static final Issued PARTNER = AUTHORITY.issue("O=Example, CN=Partner");

  @TempDir Path folder;
  private TestListener server;
  private TlsListener tls;

  @BeforeEach
  void open() throws Exception {
    server = new TestListener();
    server.add("/hello", TestListener.text("hello"));
    server.add(
        "/who",
        exchange -> {
          ClientCertificate shown = exchange.clientCertificate();
          assertThat(exchange.clientCertificate()).as("looked at once").isSameAs(shown);
          TestListener.text(shown == null ? "nobody" : shown.fingerprint() + " " + shown.subject())
              .handle(exchange);
        });
  }

  @AfterEach
  void close() {
    if (tls != null) {
      tls.close();
    }
    server.close();
  }

  private void listen(Object... changes) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("tls__port", 0);
    settings.put("tls__certificate__file", folder.resolve("server.crt").toString());
    settings.put("tls__key__file", folder.resolve("server.key").toString());
    settings.put("tls__rescan", 100_000);
    for (int i = 0; i < changes.length; i += 2) {
      settings.put((String) changes[i], changes[i + 1]);
    }
    HttpSettings all = TestListener.settings(settings);
    tls = new TlsListener(all, listener -> server.listener.openTls(listener, all));
  }

  private void listenTo(Issued shown, Object... changes) {
    shown.write(folder, "server");
    listen(changes);
    assertThat(tls.reason()).isEmpty();
  }

  private HttpResponse<String> get(String path, SSLContext context) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();
    URI uri = URI.create("https://127.0.0.1:" + server.listener.tlsPort() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private X509Certificate shown() throws Exception {
    try (SSLSocket socket = connect()) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private SSLSocket connect() throws Exception {
    SSLSocket socket =
        (SSLSocket)
            AUTHORITY
                .client(null)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.listener.tlsPort());
    socket.startHandshake();
    return socket;
  }

  private static String ask(SSLSocket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] buffer = new byte[4096];
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("hello")) {
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        throw new IOException("cut off after " + answer);
      }
      answer.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
    }
    return answer.toString();
  }

  @Test
  void nothingOpensByDefault() {
    assertThat(TestListener.settings(Map.of()).tls__port()).isNegative();
    assertThat(server.listener.tlsPort()).isEqualTo(-1);
  }

  @Test
  void requestsComeInThroughBothPorts() throws Exception {
    listenTo(FIRST);
    HttpResponse<String> secure = get("/hello", AUTHORITY.client(null));
    assertThat(secure.body()).isEqualTo("hello");
    assertThat(secure.headers().firstValue("X-Serai-CID")).isPresent();
    assertThat(server.get("/hello").body()).isEqualTo("hello");
    assertThat(get("/who", AUTHORITY.client(PARTNER)).body())
        .as("nobody vouches for callers")
        .isEqualTo("nobody");
    Certificates other = new Certificates("other");
    assertThatThrownBy(() -> get("/hello", other.client(null))).isInstanceOf(IOException.class);
  }

  @Test
  void aCallerMayShowACertificate() throws Exception {
    Certificates.write(folder.resolve("ca.crt"), AUTHORITY.pem());
    listenTo(FIRST, "tls__client__ca__file", folder.resolve("ca.crt").toString());
    String known = ClientCertificate.of(PARTNER.certificate()).fingerprint();
    assertThat(get("/who", AUTHORITY.client(PARTNER)).body())
        .isEqualTo(known + " cn=partner,o=example");
    assertThat(get("/who", AUTHORITY.client(null)).body()).isEqualTo("nobody");
    assertThat(server.get("/who").body()).isEqualTo("nobody");
    Issued stranger = new Certificates("authority").issue("O=Example, CN=Partner");
    assertThatThrownBy(
            () -> {
              HttpResponse<String> response = get("/who", AUTHORITY.client(stranger));
              // A client may leave out what the server says it would not believe.
              assertThat(response.body()).isEqualTo("nobody");
              throw new IOException("not shown");
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void aCallerMayHaveTo() throws Exception {
    Certificates.write(folder.resolve("ca.crt"), AUTHORITY.pem());
    listenTo(
        FIRST,
        "tls__client__ca__file",
        folder.resolve("ca.crt").toString(),
        "tls__client__auth",
        "need");
    assertThat(get("/who", AUTHORITY.client(PARTNER)).body()).endsWith("cn=partner,o=example");
    assertThatThrownBy(() -> get("/hello", AUTHORITY.client(null))).isInstanceOf(IOException.class);
  }

  @Test
  void changedFilesAreTakenOverWithoutLosingAConnection() throws Exception {
    listenTo(FIRST);
    try (SSLSocket before = connect()) {
      ask(before);
      SECOND.write(folder, "server");
      tls.look();
      assertThat(shown()).isEqualTo(SECOND.certificate());
      assertThat(ask(before)).startsWith("HTTP/1.1 200");
    }
    int port = server.listener.tlsPort();
    tls.look();
    assertThat(server.listener.tlsPort()).isEqualTo(port);
  }

  @Test
  void filesThatCantBeUsedLeaveTheOldOnes() throws Exception {
    listenTo(FIRST);
    for (String broken :
        new String[] {"", "nonsense", SECOND.chainPem(), AUTHORITY.issue("CN=x").keyPem()}) {
      Certificates.write(folder.resolve("server.key"), broken);
      tls.look();
      assertThat(shown()).isEqualTo(FIRST.certificate());
      assertThat(tls.reason()).isEmpty();
    }
    Files.delete(folder.resolve("server.crt"));
    tls.look();
    assertThat(shown()).isEqualTo(FIRST.certificate());
    SECOND.write(folder, "server");
    tls.look();
    assertThat(shown()).isEqualTo(SECOND.certificate());
  }

  @Test
  void withoutUsableFilesThePortIsClosedAndTheServerSaysWhy() throws Exception {
    listen();
    assertThat(server.listener.tlsPort()).isEqualTo(-1);
    assertThat(tls.reason()).hasValueSatisfying(why -> assertThat(why).contains("server.crt"));
    FIRST.write(folder, "server");
    SECOND.write(folder, "other");
    Files.copy(
        folder.resolve("other.key"),
        folder.resolve("server.key"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    tls.look();
    assertThat(tls.reason())
        .hasValueSatisfying(why -> assertThat(why).contains("is not that of the first"));
    FIRST.write(folder, "server");
    tls.look();
    assertThat(tls.reason()).isEmpty();
    assertThat(shown()).isEqualTo(FIRST.certificate());
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> listen("tls__client__auth", "maybe"))
        .hasMessageContaining("none, want or need");
    assertThatThrownBy(() -> listen("tls__client__auth", "need"))
        .hasMessageContaining("tls_client_ca_file");
  }
}
