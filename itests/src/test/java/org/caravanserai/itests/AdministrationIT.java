package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do what, users, the audit and the description of the admin API. */
@ExtendWith(ServerExtension.class)
class AdministrationIT {

  private static final List<String> ROLES = List.of("viewer", "operator", "developer", "admin");
  private static final String PASSWORD = "a-password-for-roles";
  private static final Path PAGE = Path.of("../docs/admin-api.md");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Server server;
  private final Client client;

  AdministrationIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @BeforeEach
  void makeUsers() {
    for (String role : ROLES) {
      HttpResponse<String> made = user("role-" + role, role);
      assertThat(made.statusCode()).as(made.body()).isIn(200, 201);
    }
  }

  private HttpResponse<String> user(String name, String role) {
    return client.send(
        client
            .api("/users/" + name)
            .PUT(
                BodyPublishers.ofString(
                    "{\"roles\":[\"%s\"],\"password\":\"%s\"}".formatted(role, PASSWORD))));
  }

  private HttpRequest.Builder as(String user, String password, String path) {
    return HttpRequest.newBuilder(server.management(path))
        .header("Authorization", Client.basic(user, password));
  }

  private HttpRequest.Builder as(String role, String path) {
    return as("role-" + role, PASSWORD, path);
  }

  private HttpResponse<String> shell(String role, String line) {
    return client.send(as(role, "/api/v1/shell").POST(BodyPublishers.ofString(line)));
  }

  /** The rows of the matrix: what may be done, and the least role. */
  private static Map<String, String> matrix() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/access.csv"))) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] cells = line.split(";", -1);
        rows.put(cells[0].strip(), cells[1].strip());
      }
    }
    return rows;
  }

  private JsonNode openApi() {
    return Client.json(client.apiGet("/openapi.json"));
  }

  private List<String> declared() {
    List<String> operations = new ArrayList<>();
    openApi()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.add(
                                method.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey())));
    return operations;
  }

  @Test
  void everyOperationHasARowThatSaysTheRoleOfTheDocument() throws IOException {
    Map<String, String> matrix = matrix();
    JsonNode paths = openApi().path("paths");
    List<String> rows = matrix.keySet().stream().filter(row -> row.contains(" /")).toList();
    assertThat(declared()).containsExactlyInAnyOrderElementsOf(rows);
    for (String row : rows) {
      String[] parts = row.split(" ", -1);
      assertThat(
              paths
                  .path(parts[1])
                  .path(parts[0].toLowerCase(java.util.Locale.ROOT))
                  .path("x-serai-role")
                  .asText())
          .as(row)
          .isEqualTo(matrix.get(row));
    }
  }

  /** The document is one that others read, too. */
  @Test
  void theDocumentIsOpenApi() {
    ParseOptions options = new ParseOptions();
    SwaggerParseResult read =
        new OpenAPIV3Parser().readContents(client.apiGet("/openapi.json").body(), null, options);
    assertThat(read.getMessages()).isNullOrEmpty();
    assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(openApi().path("paths"));
    assertThat(read.getOpenAPI().getComponents().getSchemas())
        .containsKeys("kind.channel_rest", "kind.sql", "ObjectInfo", "ProblemDocument");
    String references = client.apiGet("/openapi.json").body();
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("#/components/schemas/([A-Za-z0-9_.]+)")
            .matcher(references);
    while (matcher.find()) {
      assertThat(read.getOpenAPI().getComponents().getSchemas()).containsKey(matcher.group(1));
    }
  }

  /** The table in the documentation is made from the document; see CONTRIBUTING.md. */
  @Test
  void thePageIsUpToDate() throws IOException {
    StringBuilder table = new StringBuilder("| | role | |\n|---|---|---|\n");
    openApi()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(method -> table.append(row(path.getKey(), method))));
    String page = Files.readString(PAGE);
    int begin = page.indexOf("| | role | |\n");
    int end = page.indexOf("\n\n", begin) + 1;
    if (Boolean.getBoolean("serai.write")) {
      page = page.substring(0, begin) + table + page.substring(end);
      Files.writeString(PAGE, page);
    }
    assertThat(page).contains(table);
  }

  private static String row(String path, Map.Entry<String, JsonNode> method) {
    JsonNode operation = method.getValue();
    List<String> query = new ArrayList<>();
    operation
        .path("parameters")
        .forEach(
            each -> {
              if (each.path("in").asText().equals("query")) {
                query.add("`" + each.path("name").asText() + "`");
              }
            });
    return "| `%s %s` | `%s` | %s%s |%n"
        .formatted(
            method.getKey().toUpperCase(java.util.Locale.ROOT),
            path.replaceFirst("^/api/v1", ""),
            operation.path("x-serai-role").asText(),
            operation.path("summary").asText(),
            query.isEmpty() ? "" : "; " + String.join(", ", query));
  }

  @Test
  void everyCommandHasARow() throws IOException {
    HttpResponse<String> help = shell("admin", "*:help");
    TreeSet<String> commands = new TreeSet<>();
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("(?:serai|camel):[a-z-]+").matcher(help.body());
    while (matcher.find()) {
      commands.add(matcher.group());
    }
    TreeSet<String> rows = new TreeSet<>();
    for (String row : matrix().keySet()) {
      if (row.startsWith("serai:") || row.startsWith("camel:")) {
        rows.add(row.split(" ", -1)[0]);
      }
    }
    assertThat(commands).as(help.body()).isNotEmpty().isEqualTo(rows);
  }

  @Test
  void eachRoleMayDoWhatItsRowsSayAndNoMore() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> row : matrix().entrySet()) {
      for (String role : ROLES) {
        boolean expected = ROLES.indexOf(role) >= ROLES.indexOf(row.getValue());
        boolean actual =
            row.getKey().contains(" /") ? call(role, row.getKey()) : run(role, row.getKey());
        if (actual != expected) {
          wrong.add(role + " " + (actual ? "may " : "may not ") + row.getKey());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /**
   * Whether an operation is not forbidden; it is asked for what does not exist or makes no sense.
   */
  private boolean call(String role, String operation) {
    String[] parts = operation.split(" ", -1);
    String path =
        parts[1]
            .replace("{kind}", "no_kind")
            .replace("{name}", "no-such-name")
            .replace("{id}", "no/such%23route")
            .replace("{number}", "17")
            .replace("{path}", "nowhere/none.txt")
            .replace("{action}", "no-action")
            .replace("{bundle}", "999999")
            .replace("{version}", "1.0.0")
            .replace("{run}", "no-run")
            .replace("{path}", "version")
            .replace("/events", "/events?types=none");
    HttpResponse<String> answer =
        client.send(as(role, path).method(parts[0], BodyPublishers.ofString("")));
    if (answer.statusCode() == 403) {
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(Client.json(answer).path("detail").asText()).contains("needs the role");
    }
    assertThat(answer.statusCode()).as(operation + " " + answer.body()).isNotIn(401, 500, 405);
    return answer.statusCode() != 403;
  }

  private boolean run(String role, String command) {
    HttpResponse<String> answer = shell(role, command);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return !answer.body().contains("your roles do not allow");
  }

  @Test
  void aViewerDoesNotGetOutOfTheShell() {
    for (String line :
        List.of(
            "(\"\" getClass) forName java.lang.Runtime",
            "($.context bundle 0) stop",
            "echo x > /tmp/x",
            "bundle:list | tac -f /tmp/x",
            "cat /etc/passwd",
            "bundle:list | grep x /etc/passwd",
            "each [1] { config:list }",
            "a = { config:list }; a")) {
      HttpResponse<String> answer = shell("viewer", line);
      assertThat(answer.headers().firstValue("X-Serai-Exit-Status"))
          .as(line + ": " + answer.body())
          .get()
          .isNotEqualTo("0");
    }
    assertThat(shell("viewer", "bundle:list | grep Caravanserai").body()).contains("Caravanserai");
  }

  @Test
  void sshObeysTheSameTable() throws IOException {
    try (SshClient ssh = SshClient.setUpDefaultClient()) {
      ssh.setServerKeyVerifier((session, address, key) -> true);
      ssh.setUserAuthFactoriesNames("password");
      ssh.start();
      assertThat(overSsh(ssh, "role-developer", "serai:services --json")).startsWith("{");
      assertThat(overSsh(ssh, "role-developer", "serai:user-list")).contains("not found");
      assertThat(overSsh(ssh, "role-admin", "serai:user-list")).contains("role-viewer");
      assertThatThrownBy(() -> overSsh(ssh, "role-operator", "serai:services"))
          .isInstanceOf(SshException.class);
    }
    JsonNode records = audit("user=role-admin&target=user-list&outcome=done");
    assertThat(records).isNotEmpty();
    assertThat(records.get(0).path("door").asText()).isEqualTo("ssh");
    assertThat(records.get(0).path("address").asText()).startsWith("127.0.0.1");
    assertThat(audit("user=role-operator&operation=login&outcome=forbidden")).isNotEmpty();
  }

  private String overSsh(SshClient ssh, String user, String line) throws IOException {
    try (ClientSession session =
        ssh.connect(user, "127.0.0.1", server.sshPort()).verify(LIMIT).getSession()) {
      session.addPasswordIdentity(PASSWORD);
      session.auth().verify(LIMIT);
      var output = new ByteArrayOutputStream();
      try {
        session.executeRemoteCommand(line, output, output, StandardCharsets.UTF_8);
      } catch (java.rmi.RemoteException e) {
        output.writeBytes(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
      }
      return output.toString(StandardCharsets.UTF_8);
    }
  }

  private JsonNode audit(String query) {
    HttpResponse<String> found = client.apiGet("/audit?" + query);
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    return Client.json(found).path("items");
  }

  @Test
  void aUserIsMadeChangedAndDeletedAndNobodyWaitsForIt() throws IOException {
    String name = Sources.unique("user");
    assertThat(user(name, "viewer").statusCode()).isEqualTo(201);
    assertThat(client.send(as(name, PASSWORD, "/api/v1/account")).body()).contains("viewer");
    assertThat(user(name, "admin").statusCode()).isEqualTo(200);
    assertThat(client.send(as(name, PASSWORD, "/api/v1/users")).statusCode()).isEqualTo(200);

    String change = "{\"present\":\"%s\",\"password\":\"%s\"}".formatted(PASSWORD, "another one 1");
    assertThat(
            client
                .send(
                    as(name, PASSWORD, "/api/v1/account/password")
                        .PUT(BodyPublishers.ofString(change)))
                .statusCode())
        .isEqualTo(204);
    assertThat(client.send(as(name, PASSWORD, "/api/v1/account")).statusCode()).isEqualTo(401);
    assertThat(client.send(as(name, "another one 1", "/api/v1/account")).statusCode())
        .isEqualTo(200);
    assertThat(client.send(client.api("/users/" + name).DELETE()).statusCode()).isEqualTo(204);
    assertThat(client.send(as(name, "another one 1", "/api/v1/account")).statusCode())
        .isEqualTo(401);
    assertThat(Files.readString(server.data().resolve("security/users.properties")))
        .doesNotContain(PASSWORD)
        .doesNotContain(name);
    assertThat(audit("operation=users.write&target=" + name + "&outcome=done")).hasSize(3);
  }

  @Test
  void usersAreKeptByTheShellToo() throws IOException {
    String name = Sources.unique("user");
    Path password = Server.newFolder().resolve("password");
    Files.writeString(password, PASSWORD + "\n");
    String file = password.toString();
    ScriptResult made = server.run("bin/serai", "user-add", "--file", file, name, "viewer");
    assertThat(made.status()).as(made.output()).isZero();
    assertThat(client.send(as(name, PASSWORD, "/api/v1/account")).statusCode()).isEqualTo(200);
    assertThat(server.run("bin/serai", "user-roles", name, "operator", "viewer").status()).isZero();
    assertThat(server.run("bin/serai", "user-list", "--json").output()).contains(name);
    assertThat(server.run("bin/serai", "passwd", "--file", file, name).status()).isZero();
    assertThat(server.run("bin/serai", "user-delete", name).status()).isZero();
    assertThat(server.run("bin/serai", "user-delete", name).output()).contains("no user");
    assertThat(server.run("bin/serai", "user-add", "--file", file, name, "root").output())
        .contains("viewer, operator, developer, admin");
    assertThat(server.run("bin/serai", "audit", "--target", name).output())
        .contains("local")
        .contains("user-roles '" + name);
  }

  /** Only so many refusals of a minute have a record each, and other tests have theirs too. */
  private void untilRecorded(String query, HttpRequest.Builder refused) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              client.send(refused);
              return audit(query).size() == 1;
            });
  }

  @Test
  void whatIsDoneIsInTheAuditAndNoSecretIs() throws IOException {
    String name = Sources.unique("audited");
    String secret = "s3cr3t-" + name;
    client.send(client.api("/secrets/" + name).PUT(BodyPublishers.ofString(secret)));
    client.send(
        client
            .api("/objects/security/" + name)
            .PUT(BodyPublishers.ofString("{type: apikey, password: " + secret + "}")));
    client.send(client.api("/objects/security/" + name).PUT(BodyPublishers.ofString("{typ: x}")));
    untilRecorded(
        "target=" + name + "&outcome=forbidden",
        as("viewer", "/api/v1/objects/security/" + name).PUT(BodyPublishers.ofString("{}")));
    untilRecorded("user=" + name + "&outcome=unauthenticated", as(name, secret, "/api/v1/objects"));
    shell("admin", "config:property-set -p org.nobody password " + secret);
    client.apiPost("/config/import?dryRun=true", "security:\n  - name: x\n");

    JsonNode records = audit("target=" + name);
    assertThat(records.findValuesAsText("operation"))
        .containsExactly("objects.write", "objects.write", "objects.write", "secrets.write");
    assertThat(records.findValuesAsText("outcome"))
        .containsExactly("forbidden", "failed", "done", "done");
    assertThat(records.findValuesAsText("user"))
        .containsExactly("role-viewer", "admin", "admin", "admin");
    assertThat(records.get(2).path("details").asText()).isEqualTo("201");
    assertThat(records.get(2).path("cid").asText()).isNotEmpty();
    assertThat(audit("user=" + name + "&outcome=unauthenticated")).hasSize(1);
    assertThat(audit("operation=config.import&limit=1").get(0).path("details").asText())
        .contains("dryRun=true");
    assertThat(audit("operation=shell&target=org.nobody").get(0).path("target").asText())
        .isEqualTo("config:property-set -p org.nobody password ***");
    try (Stream<Path> files = Files.list(server.data().resolve("audit"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).doesNotContain(secret);
      }
    }
  }

  @Test
  void guessingFromOneAddressIsSlowedDownAndSaysNothing() {
    String name = Sources.unique("guessed");
    user(name, "viewer");
    for (int i = 0; i < 5; i++) {
      assertThat(client.send(as(name, "guess" + i, "/api/v1/account")).statusCode()).isEqualTo(401);
    }
    assertThat(client.send(as(name, PASSWORD, "/api/v1/account")).statusCode()).isEqualTo(401);
    assertThat(client.apiGet("/account").statusCode()).isEqualTo(200);
  }

  @Test
  void listsComeInPagesSortedAndSearched() {
    for (String list :
        List.of("/objects", "/services", "/deployments", "/users", "/secrets", "/kinds")) {
      JsonNode page = Client.json(client.apiGet(list + "?limit=1&sort=-name"));
      assertThat(page.path("items").size()).as(list).isLessThanOrEqualTo(1);
      assertThat(page.has("total")).as(list).isTrue();
      assertThat(client.apiGet(list + "?q=zzzzzz").body()).as(list).contains("\"total\":0");
      assertThat(client.apiGet(list + "?sort=zzz").statusCode()).as(list).isEqualTo(400);
      assertThat(client.apiGet(list + "?zzz=1").statusCode()).as(list).isEqualTo(400);
    }
    List<String> sorted =
        Client.json(client.apiGet("/users?sort=-name&q=role-")).findValuesAsText("name");
    assertThat(sorted)
        .containsExactly("role-viewer", "role-operator", "role-developer", "role-admin");
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    String etag = client.apiGet("/kinds").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = client.send(client.api("/kinds").header("If-None-Match", etag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void wrongMethodsAndPathsAreProblemDocuments() {
    HttpResponse<String> method = client.send(client.api("/objects").DELETE());
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow")).hasValue("GET, HEAD");
    for (HttpResponse<String> answer :
        List.of(method, client.apiGet("/nothing"), client.apiGet("/objects?limit=x"))) {
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(Client.json(answer).path("cid").asText())
          .isEqualTo(answer.headers().firstValue("X-Serai-CID").orElseThrow());
    }
  }

  /** One service holds half of the threads at most: two hold all of them. */
  @Test
  void aFloodOfTrafficDoesNotSlowTheAdminApi() throws IOException {
    Path end = Server.newFolder().resolve("end");
    List<CompletableFuture<Integer>> flood = new ArrayList<>();
    List<String> services =
        List.of(held(Sources.unique("Slow"), end), held(Sources.unique("Slow"), end));
    for (String service : services) {
      for (int i = 0; i < 100; i++) {
        flood.add(
            CompletableFuture.supplyAsync(
                () -> client.post("/administration/" + service, "").statusCode(),
                call -> new Thread(call).start()));
      }
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> services.stream().allMatch(service -> inside(service) >= 16));
    for (String path : List.of("/objects", "/services", "/health", "/users", "/audit")) {
      assertThat(client.apiGet(path).statusCode()).isEqualTo(200);
    }
    assertThat(server.run("bin/serai", "services").status()).isZero();
    for (String service : services) {
      assertThat(inside(service)).as("calls that are still inside").isGreaterThanOrEqualTo(16);
    }
    Files.createFile(end);
    flood.forEach(CompletableFuture::join);
    for (String service : services) {
      client.send(client.api("/objects/channel_rest/" + service).DELETE());
      client.send(client.api("/deployments/" + service).DELETE());
    }
  }

  private int inside(String service) {
    return Client.json(client.apiGet("/services/slow." + service)).path("inside").asInt();
  }

  /** A channel to a service that answers when a file is there. */
  private String held(String service, Path end) {
    String body =
        "while (!java.nio.file.Files.exists(java.nio.file.Path.of(\"%s\"))) {".formatted(end)
            + " Thread.sleep(20); } return \"\";";
    HttpResponse<String> deployed =
        client.deploy(service, Sources.service("slow." + service, "String", "String", body));
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    String channel =
        "{service: slow.%s, url_path: /administration/%s, timeout: 300}"
            .formatted(service, service);
    assertThat(
            client
                .send(
                    client
                        .api("/objects/channel_rest/" + service)
                        .PUT(BodyPublishers.ofString(channel)))
                .statusCode())
        .isEqualTo(201);
    return service;
  }

  @Test
  void usersOfADirectoryLogInAndItsAbsenceKeepsNobodyElseOut() throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=inn");
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig("t", InetAddress.getLoopbackAddress(), 0, null));
    InMemoryDirectoryServer directory = new InMemoryDirectoryServer(config);
    directory.add("dn: dc=inn", "objectClass: domain", "dc: inn");
    directory.add(
        "dn: uid=lea,dc=inn",
        "objectClass: inetOrgPerson",
        "uid: lea",
        "cn: lea",
        "sn: lea",
        "userPassword: " + PASSWORD);
    directory.add(
        "dn: cn=ops,dc=inn", "objectClass: groupOfNames", "cn: ops", "member: uid=lea,dc=inn");
    directory.startListening();
    Path settings = server.data().resolve("karaf/etc/org.caravanserai.security.ldap.cfg");
    Files.writeString(
        settings,
        """
        url = ldap://127.0.0.1:%d
        user_base = dc=inn
        group_base = dc=inn
        roles = ops=operator
        """
            .formatted(directory.getListenPort()));
    try {
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(client.send(as("lea", PASSWORD, "/api/v1/account")).body())
                      .contains("operator"));
      assertThat(client.send(as("lea", PASSWORD, "/api/v1/users")).statusCode()).isEqualTo(403);
    } finally {
      directory.shutDown(true);
    }
    assertThat(client.send(as("leo", PASSWORD, "/api/v1/account")).statusCode()).isEqualTo(401);
    assertThat(client.apiGet("/account").statusCode()).isEqualTo(200);
    Files.delete(settings);
  }

  @Test
  void tokensOfAnIssuerLetItsUsersInWhileItIsConfigured() throws Exception {
    try (TokenIssuer issuer = new TokenIssuer()) {
      Path settings = server.data().resolve("karaf/etc/org.caravanserai.security.oidc.cfg");
      String token =
          issuer.token(
              "serai", "\"preferred_username\":\"lea\",\"realm_access\":{\"roles\":[\"ops\"]}");
      assertThat(bearer(token, "/account").statusCode()).isEqualTo(401);
      assertThat(challenges()).containsExactly("Basic realm=\"Caravanserai\", charset=\"UTF-8\"");
      Files.writeString(
          settings,
          """
          issuer = %s
          jwks_url = %s
          audience = serai
          roles_claim = realm_access.roles
          roles = ops=operator, devs=developer
          """
              .formatted(issuer.name(), issuer.jwksUrl()));
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(bearer(token, "/account").body())
                      .contains("oidc:lea@issuer.example.com"));
      assertThat(bearer(token, "/users").statusCode()).as("an operator").isEqualTo(403);
      assertThat(bearer(token, "/objects").statusCode()).isEqualTo(200);
      assertThat(challenges()).contains("Bearer realm=\"Caravanserai\"");
      for (String refused :
          List.of(
              token.substring(0, token.length() - 8) + "AAAAAAAA",
              issuer.token(
                  "others",
                  "\"preferred_username\":\"eve\",\"realm_access\":{\"roles\":[\"ops\"]}"),
              issuer.token(
                  "serai",
                  "\"preferred_username\":\"eve\",\"realm_access\":{\"roles\":[\"admin\"]}"))) {
        HttpResponse<String> answer = bearer(refused, "/account");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
            .contains("Bearer realm=\"Caravanserai\", error=\"invalid_token\"");
      }
      Files.delete(settings);
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> bearer(token, "/account").statusCode() == 401);
    }
    assertThat(client.apiGet("/account").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> bearer(String token, String path) {
    return client.send(
        HttpRequest.newBuilder(server.management("/api/v1" + path))
            .header("Authorization", "Bearer " + token));
  }

  private List<String> challenges() {
    return client
        .send(HttpRequest.newBuilder(server.management("/api/v1/account")))
        .headers()
        .allValues("WWW-Authenticate");
  }
}
