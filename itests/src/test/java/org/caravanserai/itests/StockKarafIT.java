package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The feature {@code serai} on the official Karaf, where services are ordinary bundles. */
class StockKarafIT {

  private static final String VERSION = System.getProperty("serai.version");
  private static final Duration SOON = Duration.ofSeconds(60);

  private static StockKaraf karaf;
  private static Client client;

  @BeforeAll
  static void install() throws IOException {
    // What the distribution holds is a Maven repository with all that the feature needs.
    Path repository = Server.distribution().resolve("system");
    karaf = new StockKaraf(repository.toUri() + "@id=build");
    assertThat(
            karaf.runOnceThere(
                "feature:repo-add mvn:org.caravanserai/features/" + VERSION + "/xml/features"))
        .contains("Adding feature url");
    assertThat(karaf.run("karaf", "karaf", "feature:install serai")).doesNotContain("Error");
    karaf.server().awaitReady();
    client = karaf.server().client();
  }

  @AfterAll
  static void stop() throws IOException {
    karaf.close();
  }

  private static void channel(String name, String service) {
    String yaml = Sources.channel(name, service, "/" + name);
    assertThat(client.apiPost("/config/import", yaml).statusCode()).isEqualTo(200);
    await().atMost(SOON).until(() -> client.get("/" + name).statusCode() == 200);
  }

  @Test
  void servicesGoLiveByHttpAndByFolderAsOrdinaryBundles() throws IOException {
    assertThat(client.deploy("stockhttp", Sources.constant("stock.http", "http")).statusCode())
        .isEqualTo(201);
    channel("stock-http", "stock.http");
    assertThat(client.get("/stock-http").body()).isEqualTo("http");

    karaf.server().save("stockfolder.java", Sources.constant("stock.folder", "folder"));
    await()
        .atMost(SOON)
        .until(() -> client.apiGet("/deployments/stockfolder").body().contains("\"live\""));
    channel("stock-folder", "stock.folder");
    assertThat(client.get("/stock-folder").body()).isEqualTo("folder");

    // The users are Caravanserai's from now on.
    // Karaf's command fails if a bundle goes while it looks, and those of the warm-up may.
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(karaf.run("admin", Server.PASSWORD, "bundle:list"))
                    .contains("Service deployment stockhttp rev 1"));
    assertThat(karaf.run("admin", Server.PASSWORD, "serai:services")).contains("stock.folder");
  }

  @Test
  void editsLoseNoCall() {
    client.deploy("stockload", Sources.constant("stock.load", "answer 0"));
    channel("stock-load", "stock.load");
    try (Load load = new Load(karaf.server()).callers("stock", 3, "/stock-load", "answer \\d+")) {
      for (int edit = 1; edit <= 20; edit++) {
        var answer = client.deploy("stockload", Sources.constant("stock.load", "answer " + edit));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    assertThat(client.get("/stock-load").body()).isEqualTo("answer 20");
  }

  @Test
  void deploymentsAndObjectsAreThereAfterARestart() {
    client.deploy("stockagain", Sources.constant("stock.again", "again"));
    channel("stock-again", "stock.again");
    karaf.server().restart();
    await().atMost(SOON).until(() -> client.get("/stock-again").statusCode() == 200);
    assertThat(client.get("/stock-again").body()).isEqualTo("again");
  }
}
