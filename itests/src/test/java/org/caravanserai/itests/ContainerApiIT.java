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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bundles, features, components and the shell, as a page asks for them. */
@ExtendWith(ServerExtension.class)
class ContainerApiIT {

  private final Server server;
  private final Client client;
  private final String name = Sources.unique("part");

  ContainerApiIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  private JsonNode get(String path) {
    HttpResponse<String> answer = client.apiGet(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer);
  }

  private HttpResponse<String> delete(String path) {
    return client.send(client.api(path).DELETE());
  }

  private void run(String... words) {
    ScriptResult result = server.run("bin/serai", words);
    assertThat(result.status()).as(result.output()).isZero();
  }

  /** A bundle, and another one that is wired to it. */
  private long pair() throws IOException {
    LibraryBundles bundles = new LibraryBundles(Server.newFolder());
    Path provider =
        bundles.make(name, name + ".Part", Map.of("Export-Package", name, "Bundle-Version", "1.2"));
    Path user =
        bundles.make(
            name + "user",
            name + "user.Part",
            Map.of("Import-Package", name, "Bundle-Version", "1"));
    run("bundle:install", "-s", "file:" + provider, "file:" + user);
    return id(name);
  }

  private long id(String symbolicName) {
    JsonNode found = get("/bundles?name=" + symbolicName).path("items");
    assertThat(found).hasSize(1);
    return found.at("/0/id").asLong();
  }

  @Test
  void aBundleTellsItsWiresBothWaysAndWhomARefreshRestarts() throws IOException {
    long id = pair();
    JsonNode provider = get("/bundles/" + id);
    assertThat(provider.at("/bundle/state").asText()).isEqualTo("active");
    assertThat(provider.at("/headers/Export-Package").asText()).isEqualTo(name);
    assertThat(provider.path("provides").toString()).contains(name + "user");
    assertThat(provider.at("/affected/0/name").asText()).isEqualTo(name + "user");
    JsonNode user = get("/bundles/" + id(name + "user"));
    assertThat(user.path("requires").toString()).contains("\"name\":\"" + name + "\"");
    assertThat(user.path("affected")).isEmpty();

    HttpResponse<String> refused = client.apiPost("/bundles/" + id + "/refresh", "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(Client.json(refused).at("/affected/0/name").asText()).isEqualTo(name + "user");
    assertThat(client.apiPost("/bundles/" + id + "/refresh?force=true", "").statusCode())
        .isEqualTo(200);
    assertThat(delete("/bundles/" + id).statusCode()).isEqualTo(409);
    assertThat(delete("/bundles/" + id + "?force=true").statusCode()).isEqualTo(204);
    assertThat(delete("/bundles/" + id(name + "user")).statusCode()).isEqualTo(204);
  }

  @Test
  void aBundleStopsStartsAndRestarts() throws IOException {
    long id = pair();
    for (String[] step :
        new String[][] {{"stop", "resolved"}, {"start", "active"}, {"restart", "active"}}) {
      HttpResponse<String> answer = client.apiPost("/bundles/" + id + "/" + step[0], "");
      assertThat(Client.json(answer).path("state").asText()).as(answer.body()).isEqualTo(step[1]);
    }
    delete("/bundles/" + id + "?force=true");
    delete("/bundles/" + id(name + "user"));
  }

  @Test
  void whatTheServerIsMadeOfIsLeftAlone() {
    long id = id("org.caravanserai.management");
    for (String action : new String[] {"stop", "restart", "refresh", "start"}) {
      HttpResponse<String> answer = client.apiPost("/bundles/" + id + "/" + action, "");
      assertThat(answer.statusCode()).as(action).isEqualTo(409);
    }
    assertThat(delete("/bundles/" + id + "?force=true").statusCode()).isEqualTo(409);
  }

  @Test
  void aBundleThatDoesNotResolveSaysWhatIsMissing() throws IOException {
    Path jar =
        new LibraryBundles(Server.newFolder())
            .make(name, name + ".Part", Map.of("Import-Package", "no.such." + name));
    run("bundle:install", "file:" + jar);
    JsonNode bundle = get("/bundles?name=" + name).at("/items/0");
    assertThat(bundle.path("state").asText()).isEqualTo("installed");
    assertThat(bundle.path("problem").asText()).contains("no.such." + name);
    HttpResponse<String> started =
        client.apiPost("/bundles/" + bundle.path("id").asLong() + "/start", "");
    assertThat(started.statusCode()).isEqualTo(409);
    assertThat(started.body()).contains("no.such." + name);
    delete("/bundles/" + bundle.path("id").asLong());
  }

  @Test
  void theBundleOfADeploymentIsTakenAwayAsADeployment() {
    client.deploy(name, Sources.constant(name, "one"));
    await().until(() -> !get("/bundles?deployment=" + name).path("items").isEmpty());
    long id = get("/bundles?deployment=" + name).at("/items/0/id").asLong();
    HttpResponse<String> refused = delete("/bundles/" + id);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains(name);
  }

  @Test
  void aFeatureSaysWhatItWouldDoAndDoesIt() throws IOException {
    Path folder = Server.newFolder();
    Path jar =
        new LibraryBundles(folder)
            .make(name, name + ".Part", Map.of("Export-Package", name, "Bundle-Version", "1"));
    Path repository = folder.resolve("features.xml");
    Files.writeString(
        repository,
        "<features name=\"%1$s\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\"><feature name=\"%1$s\" version=\"1.0.0\"><bundle>file:%2$s</bundle></feature></features>"
            .formatted(name, jar));
    String uri = "file:" + repository;
    assertThat(client.apiPost("/feature-repositories", "{\"uri\":\"" + uri + "\"}").statusCode())
        .isEqualTo(204);
    assertThat(get("/feature-repositories").toString()).contains(uri);
    String one = "/features/" + name + "/1.0.0";
    assertThat(get(one).at("/feature/state").asText()).isEqualTo("uninstalled");

    JsonNode preview = Client.json(client.apiPost(one + "/install?dryRun=true", ""));
    assertThat(preview.path("changes").toString())
        .contains("feature " + name + " 1.0.0 installed", "bundle " + name + " 1.0.0 installed");
    assertThat(preview.path("affected")).isEmpty();
    assertThat(get(one).at("/feature/state").asText()).isEqualTo("uninstalled");

    HttpResponse<String> installed = client.apiPost(one + "/install", "");
    assertThat(installed.statusCode()).as(installed.body()).isEqualTo(200);
    JsonNode there = get(one);
    assertThat(there.at("/feature/state").asText()).isEqualTo("started");
    assertThat(there.at("/feature/isRequired").asBoolean()).isTrue();
    assertThat(there.at("/bundles/0/id").asLong()).isEqualTo(id(name));
    assertThat(delete("/feature-repositories?uri=" + uri).statusCode()).isEqualTo(409);

    JsonNode gone = Client.json(client.apiPost(one + "/uninstall?dryRun=true", ""));
    assertThat(gone.path("changes").toString())
        .contains(
            "feature " + name + " 1.0.0 uninstalled", "bundle " + name + " 1.0.0 uninstalled");
    assertThat(client.apiPost(one + "/uninstall", "").statusCode()).isEqualTo(200);
    assertThat(get("/bundles?name=" + name).path("items")).isEmpty();
    assertThat(delete("/feature-repositories?uri=" + uri).statusCode()).isEqualTo(204);
  }

  @Test
  void theServersOwnFeatureStays() {
    JsonNode own = get("/features?name=serai").at("/items/0");
    HttpResponse<String> refused =
        client.apiPost(
            "/features/serai/" + own.path("version").asText() + "/uninstall?force=true", "");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
    assertThat(client.apiGet("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void componentsAndTheFrameworkAreTold() {
    assertThat(get("/components?state=unsatisfied").toString())
        .contains("No configuration org.caravanserai.security.oidc");
    JsonNode framework = get("/framework");
    assertThat(framework.path("karaf").asText()).startsWith("4.");
    assertThat(framework.path("bundles").asInt()).isGreaterThan(50);
    assertThat(framework.path("heapUsed").asLong()).isPositive();
  }

  @Test
  void aLineOfTheShellIsCompletedAndItsArgumentsForAdministrators() {
    assertThat(complete(client.api("/shell/completions"), "bundle:li").toString())
        .contains("\"bundle:list\"");
    assertThat(complete(client.api("/shell/completions"), "bundle:list | shell:gr").toString())
        .contains("\"from\":14", "\"shell:grep\"");
    client.deploy(name, Sources.constant(name, "one"));
    JsonNode names =
        complete(client.api("/shell/completions"), "serai:deployment-info " + name.substring(0, 5));
    assertThat(names.path("from").asInt()).isEqualTo("serai:deployment-info ".length());
    assertThat(names.path("items").toString()).contains(name);

    String viewer = Sources.unique("types");
    String password = "a-password-for-typing";
    client.send(
        client
            .api("/users/" + viewer)
            .PUT(
                BodyPublishers.ofString(
                    "{\"roles\":[\"viewer\"],\"password\":\"%s\"}".formatted(password))));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.management("/api/v1/shell/completions"))
            .header("Authorization", Client.basic(viewer, password));
    assertThat(complete(request.copy(), "bundle:").toString()).contains("bundle:list");
    // Names of users, secrets and keys are not for everybody.
    assertThat(complete(request.copy(), "serai:deployment-info ").path("items")).isEmpty();
  }

  private JsonNode complete(HttpRequest.Builder request, String line) {
    HttpResponse<String> answer =
        client.send(request.POST(BodyPublishers.ofString("{\"line\":\"" + line + "\"}")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer);
  }

  @Test
  void aLineThatRunsIsInterrupted() {
    CompletableFuture<HttpResponse<String>> sleeping =
        CompletableFuture.supplyAsync(
            () -> client.apiPost("/shell?run=" + name, "shell:sleep 100000"));
    await().until(() -> delete("/shell/" + name).statusCode() == 204);
    HttpResponse<String> answer = sleeping.join();
    assertThat(answer.statusCode()).isEqualTo(200);
    await().until(() -> delete("/shell/" + name).statusCode() == 404);
  }
}
