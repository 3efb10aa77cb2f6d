package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Start, stop and what is left after them, on servers of their own. */
class LifecycleIT {

  @Test
  void aStopLetsCallsEndAndAStartBringsEverythingBack() throws Exception {
    try (Server server = Server.start()) {
      Client client = server.client();
      server.save(
          "Slow.java",
          Sources.service(
              "slow",
              "Void",
              "String",
              "new CountDownLatch(1).await(2, TimeUnit.SECONDS); return \"slow but sure\";"));
      server.save("serai-slow.yaml", Sources.channel("slow", "slow", "/slow"));
      assertThat(client.deploy("posted", Sources.constant("posted", "one")).statusCode())
          .isEqualTo(201);
      client.deploy("posted", Sources.constant("posted", "two"));
      await().until(() -> client.get("/slow").statusCode() == 200);

      CompletableFuture<HttpResponse<String>> inside =
          CompletableFuture.supplyAsync(() -> client.get("/slow"));
      await().until(() -> Client.json(client.apiGet("/services/slow")).path("inside").asInt() == 1);
      ScriptResult stopped = server.run("bin/stop");
      assertThat(stopped.status()).as(stopped.output()).isZero();
      assertThat(inside.get().body()).isEqualTo("slow but sure");
      assertThat(server.run("bin/status").status()).isEqualTo(1);
      assertThat(server.run("bin/stop").status()).isZero();

      server.restart();
      assertThat(client.get("/slow").body()).isEqualTo("slow but sure");
      assertThat(client.apiPost("/services/posted/invoke", "").body()).isEqualTo("two");
      assertThat(Client.json(client.apiGet("/deployments/posted")).path("revision").asInt())
          .isEqualTo(2);
      assertThat(server.run("bin/status").status()).isZero();

      server.restart("clean");
      assertThat(client.get("/slow").body()).isEqualTo("slow but sure");
      assertThat(client.apiPost("/services/posted/invoke", "").body()).isEqualTo("two");

      server.kill();
      server.restart();
      assertThat(client.get("/slow").body()).isEqualTo("slow but sure");
      assertThat(client.apiPost("/services/posted/invoke", "").body()).isEqualTo("two");
    }
  }

  @Test
  void twoServersRunFromOneDistributionAndWriteNothingIntoIt() throws IOException {
    Map<String, FileTime> before = snapshot(Server.distribution());
    try (Server one = Server.start();
        Server two = Server.start()) {
      one.client().deploy("which", Sources.constant("which", "one"));
      two.client().deploy("which", Sources.constant("which", "two"));
      assertThat(one.client().apiPost("/services/which/invoke", "").body()).isEqualTo("one");
      assertThat(two.client().apiPost("/services/which/invoke", "").body()).isEqualTo("two");
    }
    assertThat(snapshot(Server.distribution())).isEqualTo(before);
  }

  @Test
  void theArchiveRunsReadOnly() throws IOException, InterruptedException {
    Path folder = Server.newFolder();
    int status =
        new ProcessBuilder(
                "tar", "-xzf", System.getProperty("serai.archive"), "-C", folder.toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(status).isZero();
    Path distribution;
    try (var folders = Files.list(folder)) {
      distribution = folders.findFirst().orElseThrow();
    }
    assertThat(new ProcessBuilder("chmod", "-R", "a-w", distribution.toString()).start().waitFor())
        .isZero();
    Map<String, FileTime> before = snapshot(distribution);
    try (Server server = Server.start(distribution, Server.newFolder(), Map.of())) {
      assertThat(server.client().deploy("x", Sources.constant("x", "fine")).statusCode())
          .isEqualTo(201);
      assertThat(server.client().apiPost("/services/x/invoke", "").body()).isEqualTo("fine");
    }
    assertThat(snapshot(distribution)).isEqualTo(before);
    new ProcessBuilder("chmod", "-R", "u+w", distribution.toString()).start().waitFor();
  }

  @Test
  void aFirstStartWithoutAPasswordMakesOneAndShowsItOnce() {
    try (Server server = Server.start(Server.newFolder(), Map.of("SERAI_ADMIN_PASSWORD", ""))) {
      String marker = "Admin password (shown once): ";
      String output = server.output();
      assertThat(output).containsOnlyOnce(marker);
      String password =
          output.substring(output.indexOf(marker) + marker.length()).lines().findFirst().orElse("");
      assertThat(password).hasSize(24);
      assertThat(
              server
                  .client()
                  .send(
                      java.net.http.HttpRequest.newBuilder(server.management("/api/v1/services"))
                          .header("Authorization", Client.basic("admin", password)))
                  .statusCode())
          .isEqualTo(200);
      server.restart();
      assertThat(server.output()).containsOnlyOnce(marker);
    }
  }

  private static Map<String, FileTime> snapshot(Path folder) throws IOException {
    Map<String, FileTime> files = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.put(folder.relativize(file).toString(), attributes.lastModifiedTime());
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
