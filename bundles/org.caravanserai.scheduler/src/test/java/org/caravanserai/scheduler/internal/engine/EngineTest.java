package org.caravanserai.scheduler.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.ServiceException;
import org.caravanserai.scheduler.Crash;
import org.caravanserai.scheduler.internal.JobDefinition.Follow;
import org.caravanserai.scheduler.internal.SchedulerServer;
import org.caravanserai.scheduler.internal.SchedulerServer.Plugged;
import org.caravanserai.scheduler.internal.store.JobRow;
import org.caravanserai.scheduler.internal.store.RunRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of one server with a database of its own. */
class EngineTest {

  @TempDir private Path data;
  private SchedulerServer server;
  private final List<String> inputs = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    server = new SchedulerServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Engine engine() {
    return server.scheduler.engine();
  }

  private void restart() {
    server.close();
    server = new SchedulerServer(data);
  }

  private void deploy() {
    server.deploy(
        "test.note",
        new Plugged(
            (input, context) -> {
              inputs.add(input);
              return "noted";
            }));
  }

  private static String in(Duration time) {
    return Instant.now().plus(time).toString();
  }

  private List<RunRow> runs(String job) {
    try {
      return engine().ledger().history(Optional.of(job), Optional.empty(), 0, 1000);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private JobRow row(String job) {
    try {
      return engine().jobs().find(job).orElseThrow();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitOutcomes(String job, String... outcomes) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(runs(job))
                    .extracting(run -> run.outcome().orElse("none"))
                    .containsExactly(outcomes));
  }

  @Test
  void aJobRunsAgainAndAgainUntilItHasRunAsOftenAsItShall() {
    deploy();
    server.open(SchedulerServer.job("often", "test.note", SchedulerServer.every(1, 3)));

    awaitOutcomes("often", "OK", "OK", "OK");
    assertThat(row("often").finished()).isTrue();
    assertThat(row("often").fires()).isEqualTo(3);
    assertThat(runs("often")).extracting(RunRow::scheduledAt).doesNotHaveDuplicates();
    assertThat(inputs).hasSize(3);
  }

  @Test
  void aJobThatIsClosedIsGoneAtOnce() {
    for (int i = 0; i < 100; i++) {
      String name = "gone" + i;
      server.open(SchedulerServer.job(name, "test.note", SchedulerServer.every(60, 0)));
      await().atMost(Duration.ofMinutes(1)).until(() -> engine().entry(name) != null);
      engine().close(name);
      assertThat(engine().entry(name)).isNull();
      assertThat(engine().entries()).isEmpty();
    }
  }

  @Test
  void aJobThatRunsOnceNeverRunsTwice() {
    deploy();
    var job =
        SchedulerServer.job("once", "test.note", SchedulerServer.once(in(Duration.ofSeconds(1))));
    server.open(job);
    awaitOutcomes("once", "OK");

    restart();
    deploy();
    server.open(job);
    server.open(SchedulerServer.job("after", "test.note", SchedulerServer.every(1, 1)));
    awaitOutcomes("after", "OK");

    assertThat(runs("once")).hasSize(1);
    assertThat(inputs).hasSize(2);
    assertThat(row("once").finished()).isTrue();
  }

  @Test
  void whatAServiceGetsAndWhatItIsCalledWith() {
    List<String> seen = new CopyOnWriteArrayList<>();
    server.deploy(
        "test.look",
        new Plugged(
            (input, context) -> {
              seen.add(
                  context.channel().kind()
                      + " "
                      + context.channel().name()
                      + " "
                      + context.headers().get("origin")
                      + " "
                      + input);
              seen.add(context.cid());
              return "";
            }));
    server.open(
        SchedulerServer.job(
            "look",
            "test.look",
            SchedulerServer.every(1, 1),
            Optional.of("{\"a\":1}"),
            Crash.SKIP,
            Follow.NOTHING,
            false));

    awaitOutcomes("look", "OK");
    assertThat(seen.get(0)).isEqualTo("scheduler look schedule {\"a\":1}");
    assertThat(runs("look").get(0).cid()).isEqualTo(seen.get(1));
  }

  @Test
  void failuresAreInTheHistoryAndAreFollowed() {
    deploy();
    server.deploy(
        "test.fail",
        new Plugged(
            (input, context) -> {
              throw new ServiceException(422, "no such customer");
            }));
    server.open(
        SchedulerServer.job(
            "fails",
            "test.fail",
            SchedulerServer.every(1, 1),
            Optional.empty(),
            Crash.SKIP,
            new Follow(Optional.of("test.note"), Optional.of("next")),
            false));
    server.open(
        SchedulerServer.job("next", "test.note", SchedulerServer.once("2099-01-01 00:00:00")));

    awaitOutcomes("next", "OK");
    awaitOutcomes("fails", "OK", "ERROR");
    assertThat(runs("fails").get(1).error()).contains("no such customer");
    assertThat(runs("fails").get(0).origin()).isEqualTo("on_error");
    assertThat(runs("next").get(0).origin()).isEqualTo("on_error:fails");
    assertThat(inputs)
        .anySatisfy(
            input -> assertThat(input).contains("\"job\":\"fails\"", "\"outcome\":\"error\""));
    assertThat(row("fails").failures()).isEqualTo(1);
    assertThat(row("next").finished()).as("its own time is still to come").isFalse();
  }

  @Test
  void noRunBeginsWhileTheOneBeforeGoesOn() {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    var slow =
        new Plugged(
            (input, context) -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              open.await();
              inside.decrementAndGet();
              return "";
            });
    server.deploy("test.slow", slow);
    server.open(SchedulerServer.job("alone", "test.slow", SchedulerServer.every(1, 0)));
    await().atMost(Duration.ofMinutes(1)).until(() -> engine().tally().skipped() >= 2);
    assertThat(most).hasValue(1);

    server.open(
        SchedulerServer.job(
            "together",
            "test.slow",
            SchedulerServer.every(1, 0),
            Optional.empty(),
            Crash.SKIP,
            Follow.NOTHING,
            true));
    await().atMost(Duration.ofMinutes(1)).until(() -> inside.get() >= 3);
    open.countDown();
  }

  @Test
  void aJobWaitsForItsService() {
    server.open(SchedulerServer.job("waits", "test.note", SchedulerServer.every(1, 1)));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              Entry entry = engine().entry("waits");
              return entry != null
                  && entry.waits().equals(Optional.of("service test.note is not deployed"));
            });
    assertThat(runs("waits")).isEmpty();

    deploy();
    awaitOutcomes("waits", "OK");
  }

  @Test
  void aRunThatTakesTooLongIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    server.deploy(
        "test.stuck",
        new Plugged(
            (input, context) -> {
              never.await();
              return "";
            }));
    var job = SchedulerServer.job("stuck", "test.stuck", SchedulerServer.every(1, 1));
    server.open(
        new org.caravanserai.scheduler.internal.JobDefinition(
            job.name(),
            job.service(),
            job.timing(),
            job.payload(),
            0,
            job.misfire(),
            200,
            false,
            Follow.NOTHING,
            Follow.NOTHING,
            Crash.SKIP));

    awaitOutcomes("stuck", "TIMEOUT");
    assertThat(runs("stuck").get(0).error().orElseThrow()).contains("200 ms");
  }

  @Test
  void anEditKeepsCountersAndHistory() {
    deploy();
    server.open(SchedulerServer.job("edited", "test.note", SchedulerServer.every(1, 1)));
    awaitOutcomes("edited", "OK");

    server.open(SchedulerServer.job("edited", "test.note", SchedulerServer.every(1, 2)));
    awaitOutcomes("edited", "OK", "OK");
    assertThat(row("edited").fires()).isEqualTo(2);
    assertThat(row("edited").finished()).isTrue();
  }

  @Test
  void missedTimesAreLeftOutOrMadeUpForOnce() throws Exception {
    server.close();
    server = new SchedulerServer(data, "misfire__threshold", 0);
    server.awaitLoaded();
    server.open(
        SchedulerServer.job("once", "test.note", SchedulerServer.once(in(Duration.ofMillis(500)))));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              Entry entry = engine().entry("once");
              return entry != null && entry.waits().isPresent();
            });
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> engine().now() > row("once").nextAt().orElseThrow() + 100);
    deploy();
    awaitOutcomes("once", "OK");
    server.open(SchedulerServer.job("often", "test.note", SchedulerServer.every(3600, 0)));
    await().atMost(Duration.ofMinutes(1)).until(() -> engine().jobs().find("often").isPresent());

    JobRow late = row("often");
    engine().jobs().pause("often", false, java.util.OptionalLong.of(late.createdAt() - 60_000));
    engine().look();

    await().atMost(Duration.ofMinutes(1)).until(() -> row("often").misfires() == 1);
    assertThat(runs("often")).isEmpty();
    assertThat(row("often").nextAt().orElseThrow()).isGreaterThan(engine().now());
  }

  @Test
  void aClosedJobDoesNotRunAndKeepsItsPlace() {
    deploy();
    var job = SchedulerServer.job("closed", "test.note", SchedulerServer.every(1, 0));
    server.open(job);
    await().atMost(Duration.ofMinutes(1)).until(() -> !runs("closed").isEmpty());
    engine().close("closed");
    server.open(SchedulerServer.job("other", "test.note", SchedulerServer.every(1, 2)));
    awaitOutcomes("other", "OK", "OK");
    int before = runs("closed").size();
    server.open(SchedulerServer.job("third", "test.note", SchedulerServer.every(1, 2)));
    awaitOutcomes("third", "OK", "OK");

    assertThat(runs("closed")).hasSize(before);
    assertThat(row("closed").fires()).isEqualTo(before);
  }

  /** As after a restart: the database knows what was asked for before the jobs are opened. */
  @Test
  void whatWasAskedForWaitsForItsJob() throws Exception {
    server.awaitLoaded();
    deploy();
    engine().ledger().ask(asked("later"));
    server.open(
        SchedulerServer.job("first", "test.note", SchedulerServer.once("2099-01-01 00:00:00")));
    engine().ledger().ask(asked("first"));
    awaitOutcomes("first", "OK");
    assertThat(runs("later")).extracting(RunRow::outcome).containsExactly(Optional.empty());

    server.open(
        SchedulerServer.job("later", "test.note", SchedulerServer.once("2099-01-01 00:00:00")));
    awaitOutcomes("later", "OK");
  }

  private static RunRow asked(String job) {
    return RunRow.asked(job, RunRow.MANUAL, "cid-" + job, Optional.empty(), Optional.empty());
  }

  @Test
  void theHistoryHasAnEnd() throws Exception {
    server.close();
    server = new SchedulerServer(data, "kept__runs", 5);
    server.awaitLoaded();
    deploy();
    server.open(
        SchedulerServer.job("often", "test.note", SchedulerServer.once("2099-01-01 00:00:00")));
    for (int i = 0; i < 30; i++) {
      engine()
          .ledger()
          .ask(RunRow.asked("often", RunRow.MANUAL, "cid" + i, Optional.empty(), Optional.empty()));
    }
    engine().look();
    await().atMost(Duration.ofMinutes(1)).until(() -> inputs.size() == 30);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> runs("often").stream().allMatch(run -> run.outcome().isPresent()));
    assertThat(engine().ledger().crowded(5)).containsExactly("often");
    assertThat(engine().ledger().prune("often", 5)).isEqualTo(25);
    assertThat(runs("often")).hasSize(5);
  }

  @Test
  void manyJobsAtOnceRunOnceEach() {
    deploy();
    for (int i = 0; i < 300; i++) {
      server.open(SchedulerServer.job("many-" + i, "test.note", SchedulerServer.every(1, 3)));
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> inputs.size() >= 900);
    List<RunRow> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.addAll(runs("many-" + i));
    }
    assertThat(all).hasSize(900);
    assertThat(all).extracting(run -> run.job() + run.scheduledAt()).doesNotHaveDuplicates();
  }
}
