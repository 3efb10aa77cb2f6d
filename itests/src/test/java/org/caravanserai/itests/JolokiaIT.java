package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MBeans by Jolokia's protocol, as Hawtio and its like ask for them. */
@ExtendWith(ServerExtension.class)
class JolokiaIT {

  private static final String PASSWORD = "a-password-for-jolokia";
  private static final String READ =
      "{\"type\":\"read\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"HeapMemoryUsage\"}";
  private static final String GC =
      "{\"type\":\"exec\",\"mbean\":\"java.lang:type=Memory\",\"operation\":\"gc\"}";
  private static final String WRITE =
      "{\"type\":\"write\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"Verbose\",\"value\":false}";

  private final Server server;
  private final Client client;
  private final String viewer = Sources.unique("looks");

  JolokiaIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @BeforeEach
  void makeUser() {
    String body = "{\"roles\":[\"viewer\"],\"password\":\"%s\"}".formatted(PASSWORD);
    client.send(client.api("/users/" + viewer).PUT(BodyPublishers.ofString(body)));
  }

  @AfterEach
  void deleteUser() {
    client.send(client.api("/users/" + viewer).DELETE());
  }

  private HttpRequest.Builder as(String user, String password, String path) {
    return HttpRequest.newBuilder(server.management(path))
        .header("Authorization", Client.basic(user, password));
  }

  private JsonNode admin(String body) {
    return answer(as("admin", Server.PASSWORD, "/jolokia"), body);
  }

  private JsonNode viewer(String body) {
    return answer(as(viewer, PASSWORD, "/jolokia"), body);
  }

  private JsonNode answer(HttpRequest.Builder request, String body) {
    HttpResponse<String> answer = client.send(request.POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer);
  }

  private JsonNode get(String path) {
    HttpResponse<String> answer = client.send(as(viewer, PASSWORD, path));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer);
  }

  @Test
  void whoLooksReadsListsAndSearches() {
    assertThat(get("/jolokia").at("/value/agent").asText()).startsWith("2.");
    assertThat(
            get("/jolokia/read/java.lang:type=Memory/HeapMemoryUsage").at("/value/used").asLong())
        .isPositive();
    assertThat(get("/jolokia/search/java.lang:*").path("value")).hasSizeGreaterThan(5);
    assertThat(get("/jolokia/list/java.lang?maxDepth=9").path("value").has("type=Memory")).isTrue();
    assertThat(viewer(READ).at("/value/max").asLong()).isPositive();
    // With the slash, and the parameters that Hawtio has in its address.
    JsonNode hawtio =
        answer(
            as(
                viewer,
                PASSWORD,
                "/jolokia/?maxDepth=9&maxCollectionSize=50000&ignoreErrors=true&canonicalNaming=false&mimeType=application/json"),
            READ);
    assertThat(hawtio.path("status").asInt()).isEqualTo(200);
  }

  @Test
  void manyRequestsHaveAnAnswerEach() {
    JsonNode answers =
        viewer("[%s,{\"type\":\"read\",\"mbean\":\"no.such:type=Thing\"},%s]".formatted(READ, GC));
    assertThat(answers).hasSize(3);
    assertThat(answers.at("/0/status").asInt()).isEqualTo(200);
    assertThat(answers.at("/1/status").asInt()).isEqualTo(404);
    assertThat(answers.at("/2/status").asInt()).isEqualTo(403);
    assertThat(answers.toString()).doesNotContain("stacktrace");
  }

  @Test
  void onlyAdministratorsChangeAndTheAuditHasIt() {
    assertThat(viewer(GC).path("status").asInt()).isEqualTo(403);
    assertThat(viewer(WRITE).path("status").asInt()).isEqualTo(403);
    assertThat(admin(GC).path("status").asInt()).isEqualTo(200);
    assertThat(admin(WRITE).path("status").asInt()).isEqualTo(200);
    JsonNode refused = audit("operation=jmx.exec&outcome=forbidden&user=" + viewer);
    assertThat(refused.at("/0/target").asText()).isEqualTo("java.lang:type=Memory gc");
    assertThat(audit("operation=jmx.write&outcome=done&user=admin")).isNotEmpty();
  }

  private JsonNode audit(String query) {
    return Client.json(client.apiGet("/audit?" + query)).path("items");
  }

  @Test
  void whatIsDangerousIsNotForAdministratorsEither() {
    for (String body :
        new String[] {
          "{\"type\":\"exec\",\"mbean\":\"com.sun.management:type=DiagnosticCommand\",\"operation\":\"gcRun\"}",
          "{\"type\":\"exec\",\"mbean\":\"com.sun.management:type=HotSpotDiagnostic\",\"operation\":\"dumpHeap(java.lang.String,boolean)\",\"arguments\":[\"/tmp/never.hprof\",true]}",
          "{\"type\":\"exec\",\"mbean\":\"java.lang:type=Runtime\",\"operation\":\"x\"}",
          "{\"type\":\"config\"}"
        }) {
      HttpResponse<String> answer =
          client.send(as("admin", Server.PASSWORD, "/jolokia").POST(BodyPublishers.ofString(body)));
      assertThat(answer.statusCode() == 400 || Client.json(answer).path("status").asInt() == 403)
          .as(answer.body())
          .isTrue();
    }
    // A link must not do anything: no token goes with it.
    HttpResponse<String> byGet =
        client.send(as("admin", Server.PASSWORD, "/jolokia/exec/java.lang:type=Memory/gc"));
    assertThat(byGet.statusCode()).isEqualTo(400);
  }

  @Test
  void howTheServerWasStartedIsForAdministrators() {
    String read =
        "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"SystemProperties\"}";
    assertThat(viewer(read).path("status").asInt()).isEqualTo(403);
    assertThat(admin(read).path("status").asInt()).isEqualTo(200);
    String all = "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\"}";
    JsonNode values = viewer(all).path("value");
    assertThat(
            values.path("SystemProperties").isObject()
                && values.path("SystemProperties").has("java.version"))
        .isFalse();
  }

  @Test
  void nobodyComesInWithoutSayingWho() {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(server.management("/jolokia"))
                .POST(BodyPublishers.ofString(READ)));
    assertThat(answer.statusCode()).isEqualTo(401);
    Browser browser = new Browser(server);
    browser.login("admin", Server.PASSWORD);
    String token = browser.session().path("csrfToken").asText();
    HttpRequest.Builder cookie =
        HttpRequest.newBuilder(server.management("/jolokia")).header("Cookie", browser.cookie());
    assertThat(client.send(cookie.copy().GET()).statusCode()).isEqualTo(200);
    // The cookie alone is not enough for whatever is no GET.
    HttpRequest.Builder change = cookie.copy().POST(BodyPublishers.ofString(GC));
    assertThat(client.send(change.copy()).statusCode()).isEqualTo(403);
    assertThat(client.send(change.copy().header("X-CSRF-Token", token)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIsNoRequestIsRefusedWithoutAStackTrace() {
    HttpResponse<String> answer =
        client.send(
            as(viewer, PASSWORD, "/jolokia").POST(BodyPublishers.ofString("{\"type\":\"dance\"}")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("\tat ").doesNotContain("org.jolokia");
  }
}
