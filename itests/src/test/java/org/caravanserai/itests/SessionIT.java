package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logging in and out in a browser, and what a session may do. */
@ExtendWith(ServerExtension.class)
class SessionIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PASSWORD = "a-password-for-sessions";

  private final Server server;
  private final Client client;
  private final Browser browser;
  private String name;

  SessionIT(Server server) {
    this.server = server;
    this.client = server.client();
    this.browser = new Browser(server);
  }

  @BeforeEach
  void makeUser() {
    name = Sources.unique("browser");
    assertThat(user("{\"roles\":[\"viewer\"],\"password\":\"%s\"}".formatted(PASSWORD)))
        .isEqualTo(201);
  }

  @AfterEach
  void deleteUser() {
    client.send(client.api("/users/" + name).DELETE());
  }

  private int user(String body) {
    return client
        .send(client.api("/users/" + name).PUT(BodyPublishers.ofString(body)))
        .statusCode();
  }

  private JsonNode audit(String query) {
    return Client.json(client.apiGet("/audit?" + query)).path("items");
  }

  private static void isProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().allValues("WWW-Authenticate")).isEmpty();
  }

  @Test
  void whoLogsInHasASessionUntilLoggingOut() {
    HttpResponse<String> login = browser.login(name, PASSWORD);
    assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
    assertThat(login.headers().allValues("Set-Cookie"))
        .singleElement()
        .satisfies(
            cookie ->
                assertThat(cookie.substring(cookie.indexOf(';')))
                    .isEqualTo("; Path=/; HttpOnly; SameSite=Strict"));
    JsonNode told = Client.json(login);
    assertThat(told.path("username").asText()).isEqualTo(name);
    assertThat(told.path("role").asText()).isEqualTo("viewer");
    assertThat(Instant.parse(told.path("expiresAt").asText())).isAfter(Instant.now());
    assertThat(login.body()).doesNotContain(browser.cookie().split("=", 2)[1]);

    assertThat(browser.session().path("csrfToken")).isEqualTo(told.path("csrfToken"));
    assertThat(browser.get("/account").body()).contains(name);

    assertThat(browser.logout().statusCode()).isEqualTo(204);
    isProblem(browser.get("/session"), 401);
    isProblem(browser.get("/account"), 401);
    assertThat(audit("user=" + name + "&outcome=done").findValuesAsText("operation"))
        .containsExactly("logout", "login");
  }

  @Test
  void aSessionMayDoWhatItsRoleMay() {
    browser.login(name, PASSWORD);
    assertThat(browser.get("/objects").statusCode()).isEqualTo(200);
    isProblem(browser.get("/users"), 403);
    HttpResponse<String> refused =
        client.send(browser.change("/objects/channel_rest/" + name).DELETE());
    isProblem(refused, 403);
    assertThat(refused.body()).contains("needs the role operator");
  }

  @Test
  void aChangeNeedsTheToken() {
    user("{\"roles\":[\"operator\"]}");
    browser.login(name, PASSWORD);
    String object = "/objects/security/" + name;
    HttpRequest.BodyPublisher fields = BodyPublishers.ofString("{type: apikey, password: x}");
    for (HttpRequest.Builder forged :
        new HttpRequest.Builder[] {
          browser.request(object).PUT(fields),
          browser.request(object).header("X-CSRF-Token", "").PUT(fields),
          browser.request(object).header("X-CSRF-Token", "AAAA").PUT(fields),
          browser.request("/session").DELETE()
        }) {
      HttpResponse<String> refused = client.send(forged);
      isProblem(refused, 403);
      assertThat(refused.body()).contains("X-CSRF-Token");
    }
    assertThat(client.apiGet(object).statusCode()).isEqualTo(404);
    assertThat(client.send(browser.change(object).PUT(fields)).statusCode()).isEqualTo(201);
    assertThat(client.send(browser.change(object).DELETE()).statusCode()).isEqualTo(204);
  }

  @Test
  void theTokenOfAnotherSessionIsNone() {
    browser.login(name, PASSWORD);
    Browser other = new Browser(server);
    other.login(name, PASSWORD);
    HttpResponse<String> refused =
        client.send(
            browser
                .request("/session")
                .header("X-CSRF-Token", other.session().path("csrfToken").asText())
                .DELETE());
    isProblem(refused, 403);
  }

  @Test
  void pagesOfOtherSitesNeitherLogInNorDoAnything() {
    HttpRequest.BodyPublisher body = BodyPublishers.ofString(Browser.credentials(name, PASSWORD));
    isProblem(
        client.send(
            browser
                .request("/session")
                .header("Origin", "http://elsewhere.example")
                .header("Content-Type", "application/json")
                .POST(body)),
        403);
    isProblem(
        client.send(browser.request("/session").header("Content-Type", "text/plain").POST(body)),
        415);
    browser.login(name, PASSWORD);
    isProblem(client.send(browser.change("/session").header("Origin", "null").DELETE()), 403);
    assertThat(browser.get("/session").statusCode()).isEqualTo(200);
  }

  @Test
  void aWrongPasswordIsSlowedDownAndRecorded() {
    String wrong = Sources.unique("nobody");
    isProblem(browser.login(wrong, "guess"), 401);
    assertThat(client.send(client.api("/account")).statusCode()).isEqualTo(200);
    for (int i = 0; i < 5; i++) {
      isProblem(browser.login(name, "guess" + i), 401);
    }
    isProblem(browser.login(name, PASSWORD), 401);
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(server.management("/api/v1/account"))
                        .header("Authorization", Client.basic(name, PASSWORD)))
                .statusCode())
        .as("the same brake as for passwords that come with each request")
        .isEqualTo(401);
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              browser.login(wrong, "guess");
              assertThat(audit("user=" + wrong + "&outcome=unauthenticated")).isNotEmpty();
            });
  }

  @Test
  void whatIsNoLogInIsToldWithThePlace() {
    for (Map.Entry<String, String> each :
        Map.of(
                "{", "no JSON document",
                "{}", "/username: missing",
                "{\"username\":7,\"password\":\"x\"}", "/username",
                "{\"username\":\"x\"}", "/password: missing",
                "{\"username\":\"x\",\"password\":7}", "/password: expected a text")
            .entrySet()) {
      HttpResponse<String> answer =
          client.send(
              browser
                  .request("/session")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(each.getKey())));
      assertThat(answer.statusCode()).as(each.getKey()).isIn(400, 422);
      assertThat(answer.body()).contains(each.getValue());
    }
  }

  @Test
  void aChangeOfTheUserEndsTheSessions() {
    Browser other = new Browser(server);
    browser.login(name, PASSWORD);
    other.login("admin", Server.PASSWORD);
    user("{\"roles\":[\"operator\"]}");
    isProblem(browser.get("/account"), 401);

    browser.login(name, PASSWORD);
    assertThat(browser.session().path("role").asText()).isEqualTo("operator");
    user("{\"password\":\"another-password-1\"}");
    isProblem(browser.get("/account"), 401);

    browser.login(name, "another-password-1");
    client.send(client.api("/users/" + name).DELETE());
    isProblem(browser.get("/account"), 401);
    assertThat(other.get("/account").statusCode()).isEqualTo(200);
  }

  @Test
  void aNewLogInEndsTheSessionOfTheSameBrowser() {
    browser.login(name, PASSWORD);
    String first = browser.cookie();
    browser.login(name, PASSWORD);
    assertThat(browser.cookie()).isNotEqualTo(first);
    isProblem(
        client.send(
            HttpRequest.newBuilder(server.management("/api/v1/account")).header("Cookie", first)),
        401);
    assertThat(browser.get("/account").statusCode()).isEqualTo(200);
  }

  @Test
  void whoShowsAPasswordHasNoSessionAndIsAskedForOneByBasic() {
    isProblem(client.apiGet("/session"), 404);
    assertThat(client.send(client.api("/session").DELETE()).statusCode()).isEqualTo(204);
    HttpRequest.Builder account = HttpRequest.newBuilder(server.management("/api/v1/account"));
    assertThat(client.send(account.copy()).headers().firstValue("WWW-Authenticate")).isPresent();
    isProblem(client.send(account.copy().header("X-Requested-With", "serai")), 401);
  }

  /** A setting takes effect while the server runs; what it is about begins anew. */
  @Test
  void sessionsEndWhenTheyAreIdleAndWithTheServer() throws IOException {
    try (Server own = Server.start()) {
      Browser page = new Browser(own);
      page.login("admin", Server.PASSWORD);
      assertThat(page.get("/account").statusCode()).isEqualTo(200);
      own.restart();
      isProblem(page.get("/account"), 401);

      Path settings = own.data().resolve("karaf/etc/org.caravanserai.management.cfg");
      Files.writeString(settings, Files.readString(settings) + "\nsession_idle = 2\n");
      await()
          .atMost(LIMIT)
          // The sessions may begin anew between the two requests.
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                Client.json(page.login("admin", Server.PASSWORD));
                Instant expires = Instant.parse(page.session().path("expiresAt").asText());
                assertThat(expires).isBefore(Instant.now().plusSeconds(60));
              });
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  own.client()
                          .send(page.request("/account").header("X-Serai-Background", "true"))
                          .statusCode()
                      == 401);
    }
  }
}
