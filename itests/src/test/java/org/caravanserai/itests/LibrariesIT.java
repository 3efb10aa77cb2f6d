package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hsqldb.jdbc.JDBCDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars in a folder {@code lib} of a watched folder. */
class LibrariesIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static Server server;
  private static Client client;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = Server.start();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void servicesStayWithTheVersionThatTheyWereCompiledAgainst() throws IOException {
    Path first = put("tariff-1.0.jar", jars().make("com.acme.tariff", "Tariff", "one", Map.of()));
    awaitLibrary("tariff 1.0.0 present []");
    assertThat(client.deploy("old", uses("tariff.old")).statusCode()).isEqualTo(201);
    assertThat(invoke("tariff.old")).isEqualTo("one");

    put("tariff-2.0.jar", jars().make("com.acme.tariff", "Tariff", "two", Map.of()));
    awaitLibrary("tariff 2.0.0 present []");
    assertThat(client.deploy("new", uses("tariff.new")).statusCode()).isEqualTo(201);
    assertThat(invoke("tariff.new")).isEqualTo("two");
    assertThat(invoke("tariff.old")).isEqualTo("one");

    server.restart();
    assertThat(invoke("tariff.old")).isEqualTo("one");
    assertThat(invoke("tariff.new")).isEqualTo("two");

    Files.delete(first);
    awaitLibrary("tariff 1.0.0 withdrawn [\"old\"]");
    assertThat(invoke("tariff.old")).isEqualTo("one");
    // Nothing of Karaf's own cache is left, and what a service is pinned to is not there.
    server.restart("clean");
    assertThat(invoke("tariff.old")).isEqualTo("one");
    awaitLibrary("tariff 1.0.0 withdrawn [\"old\"]");

    ScriptResult redeployed = server.run("bin/serai", "redeploy", "--using", "tariff:1.0.0");
    assertThat(redeployed.status()).as(redeployed.output()).isZero();
    assertThat(redeployed.output()).contains("old revision 2 is live: tariff.old");
    assertThat(invoke("tariff.old")).isEqualTo("two");
    await().atMost(SOON).until(() -> !libraries().contains("tariff 1.0.0"));
    ScriptResult listed = server.run("bin/serai", "libraries");
    assertThat(listed.output()).contains("tariff").contains("2.0.0").contains("new, old");
    assertThat(server.run("bin/serai", "redeploy", "--using", "no-such").status()).isEqualTo(1);
    assertThat(server.run("bin/serai", "redeploy").status()).isEqualTo(2);
    assertThat(client.apiPost("/deployments/old/redeploy", "").statusCode()).isEqualTo(200);
    assertThat(client.apiPost("/deployments/none/redeploy", "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsMissingIsNamedAndWhatWaitedForItGoesLive() throws IOException {
    Path plain = jars().make("com.acme.units", "Units", "kg", Map.of());
    Path bundle =
        jars()
            .make(
                "com.acme.scales",
                "Scales",
                "7",
                Map.of(
                    "Bundle-SymbolicName",
                    "com.acme.scales",
                    "Bundle-Version",
                    "3.1.0",
                    "Import-Package",
                    "com.acme.units",
                    "Export-Package",
                    "com.acme.scales;version=3.1.0"));
    put("scales.jar", bundle);
    await()
        .atMost(SOON)
        .until(
            () ->
                client
                    .apiGet("/config/files?q=scales")
                    .body()
                    .contains("package com.acme.units is missing"));
    server.save(
        "weigh.java",
        Sources.service(
            "weigh",
            "Void",
            "String",
            "return com.acme.scales.Scales.text() + com.acme.units.Units.text();"));
    await()
        .atMost(SOON)
        .until(() -> client.apiGet("/deployments/weigh").body().contains("\"rejected\""));

    put("units-1.4.jar", plain);
    await()
        .atMost(SOON)
        .until(() -> client.apiGet("/deployments/weigh").body().contains("\"live\""));
    assertThat(invoke("weigh")).isEqualTo("7kg");
    assertThat(client.apiGet("/config/files?q=scales").body()).contains("\"applied\"");
    assertThat(libraries())
        .contains("com.acme.scales 3.1.0 present [\"weigh\"]")
        .contains("units 1.4.0 present [\"weigh\"]");
  }

  @Test
  void aDatabaseIsReachedThroughADriverAmongTheLibraries() throws Exception {
    String yaml = "sql:\n  - name: archive\n    url: jdbc:hsqldb:mem:archive\n";
    assertThat(client.apiPost("/config/import", yaml).statusCode()).isEqualTo(200);
    assertThat(ping()).contains("no driver for jdbc:hsqldb:mem:archive is there");

    put(
        "hsqldb.jar",
        Path.of(JDBCDriver.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    await().atMost(SOON).until(() -> ping().contains("HSQL Database Engine"));
  }

  private static String ping() {
    return client.apiPost("/objects/sql/archive/ping", "").body();
  }

  private LibraryJars jars() {
    return new LibraryJars(folder);
  }

  private static Path put(String name, Path jar) throws IOException {
    Path lib = Files.createDirectories(server.data().resolve("deploy/lib"));
    Path unfinished = Files.copy(jar, lib.resolve("." + name + ".tmp"));
    return Files.move(unfinished, lib.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String uses(String service) {
    return Sources.service(service, "Void", "String", "return com.acme.tariff.Tariff.text();");
  }

  private static String invoke(String service) {
    HttpResponse<String> answer = client.apiPost("/services/" + service + "/invoke", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static void awaitLibrary(String line) {
    await().atMost(SOON).until(() -> libraries().contains(line));
  }

  /** A line for each: {@code tariff 1.0.0 present ["old"]}. */
  private static String libraries() {
    JsonNode items = Client.json(client.apiGet("/libraries")).path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(
            each ->
                String.join(
                    " ",
                    each.path("name").asText(),
                    each.path("version").asText(),
                    each.path("status").asText(),
                    each.path("usedBy").toString()))
        .collect(Collectors.joining("\n"));
  }
}
