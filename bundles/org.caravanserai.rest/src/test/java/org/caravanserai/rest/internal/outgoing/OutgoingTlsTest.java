package org.caravanserai.rest.internal.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.ServiceException;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.rest.Rest;
import org.caravanserai.security.certificates.Certificates;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.spi.LiveConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom connections believe, and how they reach others through a proxy. */
class OutgoingTlsTest {

  private static final Certificates AUTHORITY = new Certificates("authority");
  private static final Certificates OTHER = new Certificates("other authority");

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final OutgoingRestKind kind = new OutgoingRestKind(new Handles(), new MetricsComponent());
  private final List<LiveConnection<?, ?>> opened = new ArrayList<>();
  private final List<HttpsServer> servers = new ArrayList<>();
  private Optional<String> ownCa;

  @BeforeEach
  void start() {
    Certificates.write(folder.resolve("ca.crt"), AUTHORITY.pem());
    Certificates.write(folder.resolve("other.crt"), OTHER.pem());
    ownCa = Optional.of(folder.resolve("ca.crt").toString());
  }

  @AfterEach
  void stop() {
    opened.forEach(LiveConnection::close);
    kind.deactivate();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  /** A server whose certificate is good for 127.0.0.1 and localhost. */
  private String serve(String address) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 0);
    server.setExecutor(threads);
    server.setHttpsConfigurator(
        new HttpsConfigurator(AUTHORITY.client(AUTHORITY.issue("CN=server"))));
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          byte[] body = "safe".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return "https://" + address + ":" + server.getAddress().getPort();
  }

  private Rest rest(String host, Object... changes) throws Exception {
    OutgoingRest configuration = Connections.to(host, changes);
    kind.validate(configuration);
    LiveConnection<OutgoingRest, Rest> connection = kind.open(configuration);
    opened.add(connection);
    return connection.facade(new TestCaller());
  }

  private void assertRefused(Rest rest) {
    assertThatThrownBy(rest::get)
        .isInstanceOf(ServiceException.class)
        .hasMessage("Connection crm: the TLS handshake failed");
    assertThat(requests).hasValue(0);
  }

  @Test
  void whomTheOwnAuthorityVouchesForIsBelieved() throws Exception {
    assertThat(rest(serve("127.0.0.1"), "tlsCaFile", ownCa).get().text()).isEqualTo("safe");
  }

  @Test
  void whomNobodyVouchesForIsRefused() throws Exception {
    String host = serve("127.0.0.1");
    assertRefused(rest(host));
    assertRefused(rest(host, "tlsCaFile", Optional.of(folder.resolve("other.crt").toString())));
  }

  @Test
  void aCertificateForAnotherHostIsRefused() throws Exception {
    assertRefused(rest(serve("127.0.0.2"), "tlsCaFile", ownCa));
  }

  @Test
  void nothingIsCheckedWhereThatIsSaid() throws Exception {
    assertThat(rest(serve("127.0.0.1"), "tlsVerify", false).get().text()).isEqualTo("safe");
    assertThat(rest(serve("127.0.0.2"), "tlsVerify", false).get().text()).isEqualTo("safe");
  }

  @Test
  void httpsGoesThroughAProxyInATunnelThatChecksNoLess() throws Exception {
    String host = serve("127.0.0.1");
    try (Tunnel tunnel = new Tunnel()) {
      Optional<String> proxy = Optional.of(tunnel.url());
      assertRefused(rest(host, "proxy", proxy));
      assertThat(rest(host, "proxy", proxy, "tlsCaFile", ownCa).get().text()).isEqualTo("safe");
      assertThat(tunnel.asked)
          .isNotEmpty()
          .allMatch(line -> line.startsWith("CONNECT " + host.substring("https://".length())));
    }
  }

  @Test
  void httpIsAskedOfTheProxy() throws Exception {
    try (Stub proxy = new Stub()) {
      Rest rest = rest("http://crm.invalid:81/v1", "proxy", Optional.of(proxy.url()));
      assertThat(rest.get().status()).isEqualTo(200);
      assertThat(proxy.last().uri()).isEqualTo("http://crm.invalid:81/v1/");
      assertThat(proxy.last().header("Host")).isEqualTo("crm.invalid:81");
    }
  }

  @Test
  void aProxyThatIsAwayIs502() throws Exception {
    String gone;
    try (Stub proxy = new Stub()) {
      gone = proxy.url();
    }
    Rest rest = rest("http://crm.invalid", "proxy", Optional.of(gone));
    assertThatThrownBy(rest::get)
        .isInstanceOf(ServiceException.class)
        .hasMessage("Connection crm: the connection was refused");
  }
}
