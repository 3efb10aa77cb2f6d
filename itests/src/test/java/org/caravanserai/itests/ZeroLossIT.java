package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redeploys, roll-backs and saves under load: no call is lost, and each is answered by one
 * revision.
 */
@ExtendWith(ServerExtension.class)
class ZeroLossIT {

  private static final Logger LOG = LoggerFactory.getLogger(ZeroLossIT.class);
  private static final Duration BETWEEN = Duration.ofMillis(300);
  private static final int QUICK = 32;

  private final Server server;
  private final Client client;
  private final String name = Sources.unique("Busy");
  private final BusyServices busy = new BusyServices(Sources.unique("busy"));
  private final Timeline timeline = busy.timeline();

  ZeroLossIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @Test
  void changesLoseNoCall() {
    String neighbour = Sources.unique("neighbour");
    server.save(neighbour + ".java", Sources.constant(neighbour, "undisturbed"));
    server.save(
        "serai-" + neighbour + ".yaml", Sources.channel(neighbour, neighbour, "/" + neighbour));
    timeline.mayAnswer("rev0");
    server.save(name + ".java", busy.source("rev0"));
    server.save("serai-" + name + ".yaml", busy.channels());
    await().until(() -> client.get("/" + neighbour).body().equals("undisturbed"));
    await().until(() -> client.get(busy.path("second")).body().equals("rev0"));
    timeline.mustAnswer();

    int redeploys = Length.of(40, 200);
    try (Load load = new Load(server)) {
      load.callers("neighbour", QUICK, "/" + neighbour, "undisturbed");
      busy.call(load, QUICK);
      park(System.nanoTime() + TimeUnit.SECONDS.toNanos(Length.of(3, 20)));
      Map<String, Tally> quiet = load.take();

      long next = System.nanoTime();
      for (int i = 1; i <= redeploys; i++) {
        change(i);
        next += BETWEEN.toNanos();
        park(next);
      }
      load.stop();

      Map<String, Tally> changing = load.take();
      LOG.info(
          "{\"test\":\"ZeroLossIT\",\"redeploys\":{},\"quiet\":{{}},\"changing\":{{}}}",
          redeploys,
          Load.json(quiet),
          Load.json(changing));
      Load.assertNoneFailed(quiet);
      Load.assertNoneFailed(changing);
    }
    busy.names().forEach(this::assertNobodyIsInside);
  }

  private void change(int number) {
    if (number % 5 == 4) {
      rollBack();
    } else {
      String answer = "rev" + number;
      timeline.mayAnswer(answer);
      if (number % 5 == 2) {
        int before = revision();
        server.save(name + ".java", busy.source(answer));
        await().pollInterval(Duration.ofMillis(10)).until(() -> revision() > before);
      } else {
        HttpResponse<String> response = client.deploy(name, busy.source(answer));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      }
    }
    timeline.mustAnswer();
  }

  /** To the one before. */
  private void rollBack() {
    int to = revision() - 1;
    timeline.mayAnswer(timeline.answerAt(to - 1));
    HttpResponse<String> response =
        client.apiPost("/deployments/" + name + "/rollback", "{\"revision\":" + to + "}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private int revision() {
    return Client.json(client.apiGet("/deployments/" + name)).path("revision").asInt();
  }

  private void assertNobodyIsInside(String service) {
    await()
        .untilAsserted(
            () -> {
              var info = Client.json(client.apiGet("/services/" + service));
              assertThat(info.path("inside").asInt(-1)).as(service).isZero();
              assertThat(info.path("draining").asInt(-1)).as(service).isZero();
              assertThat(info.path("stuck").asInt(-1)).as(service).isZero();
            });
  }

  private static void park(long until) {
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
