package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.caravanserai.security.certificates.Certificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who gets in, how often, and over which connection; and what the server shows to others. */
class SecurityIT {

  private static final Certificates AUTHORITY = new Certificates("authority");
  private static final Certificates.Issued PARTNER = AUTHORITY.issue("O=Example, CN=partner");
  private static final AtomicInteger TOKENS = new AtomicInteger();
  private static TokenIssuer issuer;
  private static ExecutorService threads;
  private static HttpServer other;
  private static Server server;
  private static Client client;
  private static Path files;
  private static int tlsPort;
  private static volatile String shown = "";

  @BeforeAll
  static void start() throws Exception {
    issuer = new TokenIssuer();
    threads = Executors.newCachedThreadPool();
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.setExecutor(threads);
    other.createContext(
        "/token",
        exchange -> {
          String text =
              "{\"access_token\":\"t" + TOKENS.incrementAndGet() + "\",\"expires_in\":3600}";
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    other.createContext(
        "/api",
        exchange -> {
          shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(shown.equals("Bearer t1") ? 401 : 204, -1);
          exchange.close();
        });
    other.start();
    Path data = Server.newFolder();
    files = Files.createDirectories(data.resolve("tls"));
    AUTHORITY.issue("CN=first").write(files, "server");
    AUTHORITY.issue("CN=admin", Duration.ofDays(10)).write(files, "admin");
    AUTHORITY.issue("CN=shown").write(files, "shown");
    Certificates.write(files.resolve("ca.crt"), AUTHORITY.pem());
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      tlsPort = free.getLocalPort();
    }
    server =
        Server.start(
            data,
            Map.of(
                "SERAI_HTTPS_PORT",
                "" + tlsPort,
                "SERAI_TLS_CERTIFICATE",
                files.resolve("server.crt").toString(),
                "SERAI_TLS_KEY",
                files.resolve("server.key").toString(),
                "SERAI_TLS_CLIENT_CA",
                files.resolve("ca.crt").toString(),
                "SERAI_MANAGEMENT_TLS_CERTIFICATE",
                files.resolve("admin.crt").toString(),
                "SERAI_MANAGEMENT_TLS_KEY",
                files.resolve("admin.key").toString()));
    client = server.client().trusting(AUTHORITY.client(null));
    assertThat(client.deploy("Said", Sources.constant("security.Said", "said")).statusCode())
        .isEqualTo(201);
    HttpResponse<String> imported = client.apiPost("/config/import", yaml());
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get("/said/keys").statusCode() == 401);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    other.stop(0);
    issuer.close();
    threads.shutdownNow();
  }

  @AfterEach
  void theServerIsReady() {
    assertThat(client.isReady()).isTrue();
  }

  @Test
  void theCookieOfASessionGoesOverTlsOnly() {
    Browser browser = new Browser(server, client);
    HttpResponse<String> login = browser.login("admin", Server.PASSWORD);
    assertThat(login.headers().firstValue("Set-Cookie").orElse(""))
        .endsWith("; SameSite=Strict; Secure");
    assertThat(browser.get("/account").statusCode()).isEqualTo(200);
  }

  private static String yaml() {
    return """
        quota_tier:
          - name: two
            rules:
              - cidr_list: [0.0.0.0/0]
                time_range: [{limit: 2, limit_unit: month}]
        security:
          - {name: ann, type: apikey, password: key-of-ann}
          - {name: bob, type: basic_auth, username: bob, password: word}
          - name: staff
            type: bearer_token
            issuer: https://issuer.example.com
            jwks_url: KEYS
            audience: orders
            claims: {scope: orders.read}
          - {name: bank, type: mtls, client_cert_subject_dn: "CN=partner,O=Example"}
          - {name: shown, type: mtls, cert_path: FILES/shown.crt, key_path: FILES/shown.key}
          - {name: crm, type: bearer_token, auth_endpoint: OTHER/token, username: me, password: hush-hush}
        groups:
          - {name: friends, members: [ann, bob]}
        channel_rest:
          - {name: keys, service: security.Said, url_path: /said/keys, groups: friends}
          - {name: limited, service: security.Said, url_path: /said/limited, security: ann, quota_tier: two}
          - {name: token, service: security.Said, url_path: /said/token, security: staff}
          - {name: certificate, service: security.Said, url_path: /said/certificate, security: bank}
        sql:
          - {name: pool, type: h2, db_name: "mem:pool"}
        outgoing_rest:
          - {name: crm, host: OTHER, url_path: /api, security: crm}
        """
        .replace("FILES", files.toString())
        .replace("KEYS", issuer.jwksUrl())
        .replace("OTHER", "http://127.0.0.1:" + other.getAddress().getPort());
  }

  private static String token(String scope) {
    return issuer.token("orders", "\"scope\":\"" + scope + "\"");
  }

  private static HttpResponse<String> get(String path, String header, String value) {
    return client.send(client.traffic(path).header(header, value));
  }

  private static HttpResponse<String> secure(String path, SSLContext context)
      throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + tlsPort + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void membersOfAGroupAreLetIn() {
    assertThat(get("/said/keys", "X-API-Key", "key-of-ann").body()).contains("said");
    assertThat(get("/said/keys", "Authorization", Client.basic("bob", "word")).body())
        .contains("said");
    HttpResponse<String> refused = get("/said/keys", "X-API-Key", "key-of-eve");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("ApiKey", "Basic");
  }

  @Test
  void aTokenIsVerifiedByTheKeysOfItsIssuer() throws Exception {
    String right = "Bearer " + token("openid orders.read");
    assertThat(get("/said/token", "Authorization", right).statusCode()).isEqualTo(200);
    assertThat(get("/said/token", "Authorization", right).statusCode()).isEqualTo(200);
    HttpResponse<String> refused =
        get("/said/token", "Authorization", "Bearer " + token("orders.write"));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("error=\"invalid_token\"", "required claim: scope");
    assertThat(get("/said/token", "Authorization", right.substring(0, 80)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void oneTooManyIsLimitedUntilTheCountersAreCleared() {
    String clear = "/objects/channel_rest/limited/clear-counters";
    assertThat(client.apiPost(clear, "").statusCode()).isEqualTo(204);
    assertThat(get("/said/limited", "X-API-Key", "key-of-ann").statusCode()).isEqualTo(200);
    assertThat(get("/said/limited", "X-API-Key", "key-of-ann").headers().firstValue("RateLimit"))
        .hasValueSatisfying(text -> assertThat(text).startsWith("\"channel\";r=0;t="));
    HttpResponse<String> limited = get("/said/limited", "X-API-Key", "key-of-ann");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).isPresent();
    assertThat(client.apiPost(clear, "").statusCode()).isEqualTo(204);
    assertThat(get("/said/limited", "X-API-Key", "key-of-ann").statusCode()).isEqualTo(200);
    assertThat(client.apiPost("/objects/channel_rest/keys/clear-counters", "").statusCode())
        .isEqualTo(409);
    assertThat(client.apiPost("/objects/channel_rest/none/clear-counters", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aCertificateLetsInOnTheTlsPort() throws Exception {
    assertThat(secure("/said/certificate", AUTHORITY.client(PARTNER)).statusCode()).isEqualTo(200);
    assertThat(secure("/said/certificate", AUTHORITY.client(null)).statusCode()).isEqualTo(401);
    assertThat(
            secure("/said/certificate", AUTHORITY.client(AUTHORITY.issue("CN=other"))).statusCode())
        .isEqualTo(401);
    assertThat(client.get("/said/certificate").statusCode()).isEqualTo(401);
    assertThat(server.log()).contains("TLS certificate of CN=first is in use; it expires at ");
  }

  @Test
  void changedTlsFilesAreTakenOver() throws Exception {
    Certificates.write(files.resolve("server.key"), "nonsense");
    Certificates.Issued next = AUTHORITY.issue("CN=first");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                server
                    .log()
                    .contains(
                        "The new TLS files can't be used, the old ones stay (traffic listener)"));
    assertThat(secure("/health/live", AUTHORITY.client(null)).statusCode()).isEqualTo(200);
    next.write(files, "server");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(peer()).isEqualTo(next.certificate()));
  }

  private static Object peer() throws IOException {
    return peer(tlsPort);
  }

  private static Object peer(int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            AUTHORITY
                .client(null)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void aTokenForOthersIsFetchedAndRenewedWhenRefused() {
    HttpResponse<String> ping = client.apiPost("/objects/outgoing_rest/crm/ping", "");
    assertThat(ping.statusCode()).as(ping.body()).isEqualTo(200);
    assertThat(shown).startsWith("Bearer t").isNotEqualTo("Bearer t1");
    int fetched = TOKENS.get();
    assertThat(client.apiPost("/objects/outgoing_rest/crm/ping", "").statusCode()).isEqualTo(200);
    assertThat(TOKENS).hasValue(fetched);
    assertThat(metrics())
        .contains(
            "serai_connection_requests_total{connection=\"crm\",kind=\"outgoing_rest\",status=\"2xx\"}",
            "serai_connection_pool_waiting{connection=\"pool\",kind=\"sql\"} 0.0");
    assertThat(server.log()).doesNotContain("hush-hush", "Bearer t", "key-of-ann");
  }

  @Test
  void theManagementListenerTakesTlsOnly() {
    URI secure = server.management("/api/v1/health");
    assertThat(secure.getScheme()).isEqualTo("https");
    URI clear = URI.create("http" + secure.toString().substring(5));
    assertThatThrownBy(() -> client.send(HttpRequest.newBuilder(clear)))
        .isInstanceOf(UncheckedIOException.class);
    ScriptResult services = server.run("bin/serai", "services");
    assertThat(services.status()).as(services.output()).isZero();
    assertThat(services.output()).contains("security.Said");
  }

  @Test
  void whenCertificatesExpireIsKnown() {
    assertThat(Client.json(client.apiGet("/health")).path("certificates"))
        .singleElement()
        .satisfies(
            soon -> {
              assertThat(soon.path("kind").asText()).isEqualTo("listener");
              assertThat(soon.path("name").asText()).isEqualTo("management");
              assertThat(soon.path("subject").asText()).isEqualTo("CN=admin");
            });
    String metrics = metrics();
    for (String labels :
        List.of(
            "kind=\"listener\",name=\"traffic\"",
            "kind=\"listener\",name=\"management\"",
            "kind=\"security\",name=\"shown\"")) {
      assertThat(metrics)
          .contains("serai_certificate_expiration_timestamp_seconds{" + labels + "} ");
    }
  }

  @Test
  void aChangedCertificateOfTheManagementListenerIsTakenOver() throws Exception {
    Certificates.write(files.resolve("admin.key"), "nonsense");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.log().contains("the old ones stay (management listener)"));
    assertThat(client.apiGet("/health").statusCode()).isEqualTo(200);
    Certificates.Issued next = AUTHORITY.issue("CN=admin", Duration.ofDays(10));
    next.write(files, "admin");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(peer(server.ports().get(1))).isEqualTo(next.certificate()));
    assertThat(client.apiGet("/health").statusCode()).isEqualTo(200);
    ScriptResult services = server.run("bin/serai", "services");
    assertThat(services.status()).as(services.output()).isZero();
  }

  @Test
  void whoShowsWrongCredentialsIsInTheAudit() {
    assertThat(client.get("/said/keys").statusCode()).isEqualTo(401);
    assertThat(get("/said/keys", "Authorization", Client.basic("mallory", "guess-1")).statusCode())
        .isEqualTo(401);
    HttpResponse<String> found =
        client.apiGet("/audit?target=channel_rest/keys&outcome=unauthenticated&user=mallory");
    assertThat(Client.json(found).path("items"))
        .as(found.body())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.path("door").asText()).isEqualTo("channel");
              assertThat(record.path("address").asText()).isEqualTo("127.0.0.1");
              assertThat(record.path("details").asText()).isEqualTo("group friends");
            });
    assertThat(found.body()).doesNotContain("guess-1");
  }

  private static String metrics() {
    return client
        .send(
            HttpRequest.newBuilder(server.management("/metrics"))
                .header("Authorization", Client.basic("admin", Server.PASSWORD)))
        .body();
  }
}
