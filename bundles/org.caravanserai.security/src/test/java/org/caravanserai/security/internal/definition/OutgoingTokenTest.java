package org.caravanserai.security.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.caravanserai.security.ClientIdentity;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.security.PemFiles;
import org.caravanserai.security.certificates.Certificates;
import org.caravanserai.security.internal.certificate.CertificatePlaces;
import org.caravanserai.security.internal.jwt.ManualClock;
import org.caravanserai.security.internal.limit.QuotaTiers;
import org.caravanserai.security.internal.web.WebClient;
import org.caravanserai.security.tls.OwnCertificate;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgoingTokenTest {

  @TempDir Path folder;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ReentrantLock late = new ReentrantLock();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ManualClock clock = new ManualClock(Instant.now());
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "";

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/token",
        exchange -> {
          late.lock();
          try {
            requests.add(
                exchange.getRequestHeaders().getFirst("Content-Type")
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body =
                answer.replace("#", "" + requests.size()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          } finally {
            late.unlock();
            exchange.close();
          }
        });
    server.start();
    answer = "{\"access_token\":\"token-#\",\"expires_in\":100,\"token_type\":\"Bearer\"}";
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private SecurityDefinition definition(Object... changes) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "authEndpoint",
                Optional.of("http://127.0.0.1:" + server.getAddress().getPort() + "/token"),
                "username",
                Optional.of("me"),
                "password",
                Optional.of("hush&")));
    all.addAll(List.of(changes));
    return Definitions.of("o", SecurityDefinition.Type.BEARER_TOKEN, all.toArray());
  }

  private FetchedToken token(Object... changes) throws GeneralSecurityException {
    WebClient web = WebClient.of(Optional.empty(), Duration.ofSeconds(20));
    return new FetchedToken(definition(changes), web, clock);
  }

  private static Map<String, String> of(Shown shown) {
    return shown.headers().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Test
  void aTokenIsFetchedOnceForTheCredentialsOfTheClient() throws Exception {
    FetchedToken token = token("scopes", List.of("read", "write"));
    assertThat(of(token)).isEqualTo(Map.of("Authorization", "Bearer token-1"));
    assertThat(token.headers()).isSameAs(token.headers());
    assertThat(requests)
        .containsExactly(
            "application/x-www-form-urlencoded grant_type=client_credentials&client_id=me"
                + "&client_secret=hush%26&scope=read+write");
  }

  @Test
  void fieldsHaveTheNamesThatTheServerWants() throws Exception {
    FetchedToken token =
        token(
            "clientIdField",
            "user",
            "clientSecretField",
            "pass",
            "grantType",
            "password",
            "extraFields",
            Map.of("tenant", "t"),
            "dataFormat",
            SecurityDefinition.TokenFormat.JSON,
            "header",
            Optional.of("X-Token"),
            "prefix",
            "");
    assertThat(of(token)).isEqualTo(Map.of("X-Token", "token-1"));
    assertThat(requests.get(0))
        .startsWith("application/json {")
        .contains("\"grant_type\":\"password\"", "\"user\":\"me\"", "\"tenant\":\"t\"");
  }

  @Test
  void shortlyBeforeItsEndATokenIsFetchedAsideAndTheOldOneUsed() throws Exception {
    FetchedToken token = token();
    of(token);
    clock.advance(Duration.ofSeconds(89));
    assertThat(of(token)).containsValue("Bearer token-1");
    assertThat(requests).hasSize(1);
    clock.advance(Duration.ofSeconds(5));
    late.lock();
    try {
      assertThat(of(token)).as("does not wait").containsValue("Bearer token-1");
    } finally {
      late.unlock();
    }
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> assertThat(of(token)).containsValue("Bearer token-2"));
    assertThat(requests).hasSize(2);
    clock.advance(Duration.ofSeconds(101));
    assertThat(of(token)).as("waits").containsValue("Bearer token-3");
  }

  @Test
  void whoComesMeanwhileWaitsForTheSameFetch() throws Exception {
    FetchedToken token = token();
    List<CompletableFuture<Map<String, String>>> waiting = new ArrayList<>();
    late.lock();
    try {
      for (int i = 0; i < 20; i++) {
        waiting.add(token.headers());
      }
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
    } finally {
      late.unlock();
    }
    for (CompletableFuture<Map<String, String>> each : waiting) {
      assertThat(each.orTimeout(30, TimeUnit.SECONDS).join()).containsValue("Bearer token-1");
    }
    assertThat(requests).hasSize(1);
  }

  @Test
  void aRefusedTokenIsFetchedAnewOnce() throws Exception {
    FetchedToken token = token();
    Map<String, String> first = of(token);
    assertThat(token.refused(first)).isTrue();
    Map<String, String> second = of(token);
    assertThat(second).containsValue("Bearer token-2");
    assertThat(token.refused(first)).as("known already").isTrue();
    assertThat(of(token)).isEqualTo(second);
    assertThat(requests).hasSize(2);
  }

  @Test
  void whatIsNoTokenIsSaidWithoutTheSecret() throws Exception {
    FetchedToken token = token();
    for (String nonsense :
        List.of("", "[]", "{}", "{\"access_token\":\"\"}", "{\"access_token\":\"a\\r\\nb\"}")) {
      answer = nonsense;
      clock.advance(Duration.ofSeconds(2));
      assertThatThrownBy(() -> of(token))
          .hasRootCauseMessage("no token for security o could be fetched: it answered no token");
    }
    status = 401;
    clock.advance(Duration.ofSeconds(2));
    assertThatThrownBy(() -> of(token))
        .hasRootCauseMessage("no token for security o could be fetched: it answered 401");
    int before = requests.size();
    assertThatThrownBy(() -> of(token)).as("not at once again").isNotNull();
    assertThat(requests).hasSize(before);
    status = 200;
    answer = "{\"access_token\":\"late\"}";
    clock.advance(Duration.ofSeconds(2));
    assertThat(of(token)).containsValue("Bearer late");
  }

  @Test
  void aFixedTokenAndNoneAtAll() throws Exception {
    Handles handles = new Handles();
    SecurityKind kind = TestKinds.security(handles);
    OutgoingCredentials shown = handles.outgoing("o");
    kind.open(
        Definitions.of("o", SecurityDefinition.Type.BEARER_TOKEN, "token", Optional.of("fixed")));
    assertThat(shown.headers()).isCompletedWithValue(Map.of("Authorization", "Bearer fixed"));
    assertThat(shown.refused(Map.of("Authorization", "Bearer fixed"))).isFalse();
    assertThat(shown.identity()).isNull();
    assertThat(TestRequest.header("Authorization", "Bearer fixed").user(handles.authenticator("o")))
        .as("shown to others, not asked of callers")
        .isEmpty();
    kind.open(
        Definitions.of(
            "o", SecurityDefinition.Type.MTLS, "clientCertSubjectDn", Optional.of("CN=partner")));
    assertThat(shown.headers()).isCompletedExceptionally();
  }

  @Test
  void aCertificateToBeShownFollowsItsFiles() throws Exception {
    Certificates authority = new Certificates("authority");
    Certificates.Issued first = authority.issue("CN=me");
    first.write(folder, "me");
    SecurityDefinition definition =
        Definitions.of(
            "m",
            SecurityDefinition.Type.MTLS,
            "certPath",
            Optional.of(folder.resolve("me.crt").toString()),
            "keyPath",
            Optional.of(folder.resolve("me.key").toString()));
    TestKinds.security(new Handles()).validate(definition);
    ClientKey key = new ClientKey(definition);
    ClientIdentity before = key.identity();
    assertThat(PemFiles.certificate(before.keys())).isEqualTo(first.certificate());
    assertThat(key.headers()).isCompletedWithValue(Map.of());
    Certificates.write(folder.resolve("me.key"), "nonsense");
    key.look();
    assertThat(key.identity()).isSameAs(before);
    Certificates.Issued second = authority.issue("CN=me too, O=longer than before");
    second.write(folder, "me");
    key.look();
    assertThat(PemFiles.certificate(key.identity().keys())).isEqualTo(second.certificate());
  }

  @Test
  void whenAShownCertificateExpiresIsKnownWhileTheDefinitionIsOpen() throws Exception {
    Certificates.Issued mine = new Certificates("authority").issue("CN=me");
    mine.write(folder, "me");
    CertificatePlaces places = TestKinds.certificates();
    SecurityKind kind =
        new SecurityKind(TestKinds.settings(Map.of()), new Handles(), new QuotaTiers(), places);
    SecurityDefinition definition =
        Definitions.of(
            "m",
            SecurityDefinition.Type.MTLS,
            "certPath",
            Optional.of(folder.resolve("me.crt").toString()),
            "keyPath",
            Optional.of(folder.resolve("me.key").toString()));
    LiveObject<SecurityDefinition> live = kind.open(definition);
    live.replace(definition);
    assertThat(places.list())
        .containsExactly(
            new OwnCertificate(
                "security", "m", "CN=me", mine.certificate().getNotAfter().toInstant()));
    live.close();
    assertThat(places.list()).isEmpty();
  }

  @Test
  void refusesWhatMakesNoSense() {
    SecurityKind kind = TestKinds.security(new Handles());
    assertField(kind, definition("password", Optional.empty()), "password");
    assertField(kind, definition("authEndpoint", Optional.of("nowhere")), "auth_endpoint");
    assertField(kind, definition("token", Optional.of("t")), "token");
    assertField(kind, definition("issuer", Optional.of("x")), "issuer");
    assertField(kind, Definitions.of("x", SecurityDefinition.Type.BEARER_TOKEN), "jwks_url");
    assertField(
        kind,
        Definitions.of("x", SecurityDefinition.Type.MTLS, "certPath", Optional.of("a")),
        "key_path");
    assertField(kind, Definitions.of("x", SecurityDefinition.Type.MTLS), "client_cert_fingerprint");
  }

  private static void assertField(SecurityKind kind, SecurityDefinition wrong, String field) {
    assertThatThrownBy(() -> kind.validate(wrong))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, e -> assertThat(e.field()).isEqualTo(field));
    assertThat(wrong.toString()).doesNotContain("hush");
  }
}
