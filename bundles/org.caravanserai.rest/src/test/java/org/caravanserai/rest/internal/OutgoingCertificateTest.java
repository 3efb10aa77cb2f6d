package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.rest.internal.outgoing.OutgoingRestKind;
import org.caravanserai.security.certificates.Certificates;
import org.caravanserai.security.internal.certificate.CertificatePlaces;
import org.caravanserai.security.internal.definition.DefinitionSettings;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.security.internal.definition.SecurityKind;
import org.caravanserai.security.internal.limit.QuotaTiers;
import org.caravanserai.spi.ConnectionKind;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that show a certificate to a server that wants one. */
class OutgoingCertificateTest {

  private static final Certificates AUTHORITY = new Certificates("authority");

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Handles handles = new Handles();
  private final SecurityKind security =
      new SecurityKind(
          RestServer.settings(DefinitionSettings.class, Map.of()),
          handles,
          new QuotaTiers(),
          new CertificatePlaces(new MetricsComponent()));
  private final OutgoingRestKind kind = new OutgoingRestKind(handles, new MetricsComponent());
  private HttpsServer server;
  private volatile String peer = "";

  @BeforeEach
  void start() throws Exception {
    SSLContext context = AUTHORITY.client(AUTHORITY.issue("CN=server"));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          peer = ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    Certificates.write(folder.resolve("ca.crt"), AUTHORITY.pem());
  }

  @AfterEach
  void stop() {
    kind.deactivate();
    server.stop(0);
    threads.shutdownNow();
  }

  private LiveConnection<?, ?> connect(Object... changes) throws Exception {
    Map<String, Object> fields = new HashMap<>();
    fields.put("name", "bank");
    fields.put("host", "https://127.0.0.1:" + server.getAddress().getPort());
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    return connect(kind, fields);
  }

  private static <C extends Record> LiveConnection<C, ?> connect(
      ConnectionKind<C, ?> kind, Map<String, Object> fields) throws Exception {
    return kind.open(RestServer.make(kind.type(), fields));
  }

  private <C extends Record> C identity(ObjectKind<C> definitions, String name) {
    AUTHORITY.issue("CN=" + name).write(folder, name);
    return RestServer.make(
        definitions.type(),
        Map.of(
            "name",
            "me",
            "type",
            "MTLS",
            "certPath",
            Optional.of(folder.resolve(name + ".crt").toString()),
            "keyPath",
            Optional.of(folder.resolve(name + ".key").toString()),
            "caCertsPath",
            Optional.of(folder.resolve("ca.crt").toString())));
  }

  private <C extends Record> void follow(ObjectKind<C> definitions, LiveConnection<?, ?> connection)
      throws Exception {
    LiveObject<C> live = definitions.open(identity(definitions, "first"));
    connection.ping();
    assertThat(peer).isEqualTo("CN=first");
    live.replace(identity(definitions, "second"));
    connection.ping();
    assertThat(peer).as("connections of the old one are not used").isEqualTo("CN=second");
    live.close();
    assertThatThrownBy(connection::ping).hasMessageContaining("security me is not active");
  }

  @Test
  void aConnectionShowsTheCertificateAsItIsNow() throws Exception {
    LiveConnection<?, ?> connection = connect("security", Optional.of("me"));
    follow(security, connection);
    connection.close();
  }

  @Test
  void withoutOneTheOtherSideRefuses() throws Exception {
    LiveConnection<?, ?> connection =
        connect("tlsCaFile", Optional.of(folder.resolve("ca.crt").toString()));
    assertThatThrownBy(connection::ping).isInstanceOf(Exception.class);
    assertThat(peer).isEmpty();
    connection.close();
  }
}
