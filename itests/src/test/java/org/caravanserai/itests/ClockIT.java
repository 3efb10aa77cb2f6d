package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.caravanserai.sql.postgres.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server on a shared database whose own clock goes wrong while it runs, and is put right. */
class ClockIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static Postgres postgres;
  private static Path time;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    postgres = new Postgres();
    time = Server.newFolder().resolve("time");
    clockIs("+0s");
    server =
        Server.start(
            Server.newFolder(),
            Map.of(
                "SERAI_DATABASE_URL",
                postgres.url(),
                "SERAI_DATABASE_USERNAME",
                Postgres.USER,
                "SERAI_DATABASE_PASSWORD",
                Postgres.PASSWORD,
                "LD_PRELOAD",
                library(),
                "FAKETIME_TIMESTAMP_FILE",
                time.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                // As with a real clock that is set: waits go on as before.
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    postgres.close();
  }

  private static void clockIs(String difference) throws IOException {
    Files.writeString(time, difference);
  }

  /** What Debian's faketime puts before the C library. */
  private static String library() throws Exception {
    Process process = new ProcessBuilder("faketime", "-f", "+0", "printenv", "LD_PRELOAD").start();
    String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return path.strip();
  }

  private static JsonNode api(String path) {
    return Client.json(server.client().apiGet(path));
  }

  private static boolean isLeading() {
    return api("/scheduler").path("isLeading").asBoolean();
  }

  private static int runs() {
    return api("/scheduler/runs?limit=1000").path("items").size();
  }

  @Test
  void aServerWithAWrongClockRunsNoJobsAndSaysSo() throws Exception {
    String service = Sources.constant("clock.tick", "ticked");
    assertThat(server.client().deploy("clock.tick", service).statusCode()).isEqualTo(201);
    HttpResponse<String> made =
        server
            .client()
            .send(
                server
                    .client()
                    .api("/objects/scheduler/ticking")
                    .PUT(BodyPublishers.ofString("service: clock.tick\nseconds: 1\n")));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    await().atMost(PATIENCE).until(() -> runs() >= 2);

    for (String wrong : new String[] {"+10s", "-10s"}) {
      clockIs(wrong);
      await().atMost(PATIENCE).until(() -> !isLeading());
      assertThat(api("/health").path("reasons").toString())
          .contains("scheduler", "the clock of this server differs from that of the database");
      int before = runs();
      await().during(Duration.ofSeconds(4)).until(() -> runs() == before);

      clockIs("+0s");
      await().atMost(PATIENCE).until(() -> isLeading() && runs() > before);
      assertThat(api("/health").path("reasons")).isEmpty();
    }
    assertThat(server.log().split("No jobs run here", -1)).as("said once each time").hasSize(3);
  }
}
