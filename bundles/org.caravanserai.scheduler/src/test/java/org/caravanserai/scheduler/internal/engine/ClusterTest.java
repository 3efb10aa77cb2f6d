package org.caravanserai.scheduler.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.caravanserai.scheduler.Crash;
import org.caravanserai.scheduler.JobInfo;
import org.caravanserai.scheduler.Outcome;
import org.caravanserai.scheduler.RunInfo;
import org.caravanserai.scheduler.internal.JobDefinition;
import org.caravanserai.scheduler.internal.JobDefinition.Follow;
import org.caravanserai.scheduler.internal.SchedulerServer;
import org.caravanserai.scheduler.internal.SchedulerServer.Plugged;
import org.caravanserai.scheduler.internal.store.JobRow;
import org.caravanserai.scheduler.internal.store.LeaseTable;
import org.caravanserai.scheduler.internal.store.Ledger;
import org.caravanserai.scheduler.internal.store.RunRow;
import org.caravanserai.spi.JobScheduler.Job;
import org.caravanserai.spi.JobScheduler.Times;
import org.caravanserai.spi.Lease.Claim;
import org.caravanserai.sql.postgres.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that share a real PostgreSQL. */
class ClusterTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static Postgres postgres;

  @TempDir private Path data;
  private final List<SchedulerServer> servers = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startDatabase() {
    postgres = new Postgres();
  }

  @AfterAll
  static void stopDatabase() {
    postgres.close();
  }

  @AfterEach
  void stop() {
    servers.forEach(SchedulerServer::close);
  }

  private SchedulerServer server(String name, Object... changed) {
    Object[] all = new Object[changed.length + 8];
    Object[] shared = {
      "database__url",
      postgres.url(),
      "database__username",
      Postgres.USER,
      "database__password",
      Postgres.PASSWORD,
      "lease__time",
      2
    };
    System.arraycopy(shared, 0, all, 0, shared.length);
    System.arraycopy(changed, 0, all, shared.length, changed.length);
    SchedulerServer server = new SchedulerServer(data, all);
    servers.add(server);
    server.deploy(
        "test.note",
        new Plugged(
            (input, context) -> {
              calls.add(
                  name
                      + " "
                      + context.channel().name()
                      + " "
                      + context.headers().get("scheduled_at"));
              return "";
            }));
    server.awaitLoaded();
    return server;
  }

  private static Engine engine(SchedulerServer server) {
    return server.scheduler.engine();
  }

  private static void awaitLeading(SchedulerServer server) {
    await().atMost(PATIENCE).until(() -> engine(server).isLeading());
  }

  /** As if the process had died: nothing is let go of, nothing is written any more. */
  private void kill(SchedulerServer server) {
    server.scheduler.database().close();
    servers.remove(server);
    server.calls.stop();
  }

  private static List<RunRow> runs(SchedulerServer server, String job) throws Exception {
    return engine(server).ledger().history(Optional.of(job), Optional.empty(), 0, 1000);
  }

  @Test
  void oneServerRunsTheJobsAndAnotherTakesThemOver() throws Exception {
    SchedulerServer first = server("first");
    awaitLeading(first);
    SchedulerServer second = server("second");
    JobDefinition job =
        SchedulerServer.job("each-second", "test.note", SchedulerServer.every(1, 0));
    first.open(job);
    second.open(job);
    await().atMost(PATIENCE).until(() -> calls.size() >= 3);
    assertThat(engine(second).isLeading()).isFalse();
    assertThat(calls).allMatch(call -> call.startsWith("first "));
    long number = engine(first).number();

    kill(first);
    awaitLeading(second);
    await()
        .atMost(PATIENCE)
        .until(() -> calls.stream().anyMatch(call -> call.startsWith("second ")));

    assertThat(engine(second).number()).isGreaterThan(number);
    assertThat(calls.stream().map(call -> call.substring(call.indexOf(' '))))
        .as("each time once")
        .doesNotHaveDuplicates();
    engine(second).remove("each-second");
  }

  @Test
  void aServerThatStopsHandsOverAtOnceAndAPausedJobStaysPaused() throws Exception {
    SchedulerServer first = server("first", "lease__time", 3600);
    awaitLeading(first);
    SchedulerServer second = server("second");
    JobDefinition job = SchedulerServer.job("handed", "test.note", SchedulerServer.every(3600, 0));
    first.open(job);
    second.open(job);
    await().atMost(PATIENCE).until(() -> engine(first).jobs().find("handed").isPresent());
    LiveJobs desk = new LiveJobs(second.scheduler);
    await().atMost(PATIENCE).until(() -> desk.job("handed", 1).isPresent());
    desk.pause("handed", true);

    first.close();
    servers.remove(first);
    awaitLeading(second);

    assertThat(desk.job("handed", 1).orElseThrow().status()).isEqualTo("paused");
    String cid = desk.run("handed");
    await().atMost(PATIENCE).until(() -> calls.size() == 1);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                desk.runs(Optional.of("handed"), Optional.empty(), 0, 10)
                    .items()
                    .get(0)
                    .state()
                    .equals("done"));
    assertThat(desk.runs(Optional.of("handed"), Optional.empty(), 0, 10).items().get(0).cid())
        .isEqualTo(cid);
    assertThat(desk.runs(Optional.of("handed"), Optional.of(Outcome.OK), 0, 10).total())
        .isEqualTo(1);
    assertThat(desk.runs(Optional.empty(), Optional.of(Outcome.ERROR), 0, 10).items()).isEmpty();
    String next = desk.run("handed");
    await().atMost(PATIENCE).until(() -> calls.size() == 2);
    assertThat(desk.withRuns(desk.jobs(), 1))
        .filteredOn(each -> each.name().equals("handed"))
        .flatExtracting(JobInfo::runs)
        .extracting(RunInfo::cid)
        .containsExactly(next);
    assertThat(desk.withRuns(desk.jobs(), 5))
        .filteredOn(each -> each.name().equals("handed"))
        .flatExtracting(JobInfo::runs)
        .extracting(RunInfo::cid)
        .containsExactly(next, cid);
    assertThat(desk.status().leader()).contains(engine(second).owner());
    engine(second).remove("handed");
  }

  @Test
  void whatADeadServerWasDoingIsDoneAsItsJobSays() throws Exception {
    SchedulerServer first = server("first");
    awaitLeading(first);
    SchedulerServer second = server("second");
    CountDownLatch never = new CountDownLatch(1);
    first.deploy(
        "test.work",
        new Plugged(
            (input, context) -> {
              calls.add("first " + context.channel().name());
              never.await();
              return "";
            }));
    second.deploy(
        "test.work",
        new Plugged(
            (input, context) -> {
              calls.add(
                  "second " + context.channel().name() + " " + context.headers().get("attempt"));
              return "";
            }));
    for (Crash crash : Crash.values()) {
      JobDefinition job =
          SchedulerServer.job(
              "crash-" + crash,
              "test.work",
              SchedulerServer.every(1, 1),
              Optional.empty(),
              crash,
              Follow.NOTHING,
              false);
      first.open(job);
      second.open(job);
    }
    await().atMost(PATIENCE).until(() -> calls.size() == 2);

    kill(first);
    await().atMost(PATIENCE).until(() -> runs(second, "crash-SKIP").get(0).outcome().isPresent());
    await().atMost(PATIENCE).until(() -> runs(second, "crash-RERUN").get(0).outcome().isPresent());

    assertThat(runs(second, "crash-SKIP")).hasSize(1);
    assertThat(runs(second, "crash-SKIP").get(0).outcome()).contains("CRASHED");
    assertThat(runs(second, "crash-RERUN").get(0).outcome()).contains("OK");
    assertThat(runs(second, "crash-RERUN").get(0).attempts()).isEqualTo(2);
    assertThat(calls).contains("second crash-RERUN 2").hasSize(3);
  }

  @Test
  void whoeverSleptThroughTheEndOfItsLeaseBeginsNothing() throws Exception {
    SchedulerServer server = server("only");
    awaitLeading(server);
    Ledger ledger = engine(server).ledger();
    LeaseTable leases = engine(server).leases();
    long old = engine(server).number();
    JobRow job =
        new JobRow(
            "fenced", JobRow.SERVICE, "{}", false, false, OptionalLong.of(1), 0, 0, 0, 0, 0, 0, 0);
    assertThat(engine(server).jobs().add(job)).isTrue();
    RunRow run = RunRow.begun("fenced", 1, old, engine(server).owner(), "cid");
    Ledger.Step step =
        new Ledger.Step(List.of(job.fired(1, OptionalLong.of(2), false)), List.of(run));

    assertThat(ledger.begin("somebody else", old, step)).isEmpty();
    assertThat(ledger.begin(engine(server).owner(), old - 1, step)).isEmpty();
    assertThat(runs(server, "fenced")).isEmpty();
    assertThat(engine(server).jobs().find("fenced").orElseThrow().nextAt()).hasValue(1);

    leases.free(Ledger.RIGHT);
    assertThat(ledger.begin(engine(server).owner(), old, step)).isEmpty();
    await()
        .atMost(PATIENCE)
        .until(() -> engine(server).isLeading() && engine(server).number() > old);
    assertThat(ledger.begin(engine(server).owner(), old, step)).isEmpty();
    long now = engine(server).number();
    assertThat(ledger.begin(engine(server).owner(), now, step))
        .hasValueSatisfying(begun -> assertThat(begun).hasSize(1));
    assertThat(ledger.begin(engine(server).owner(), now, step))
        .as("the same time once more")
        .hasValueSatisfying(begun -> assertThat(begun).isEmpty());
    engine(server).jobs().remove("fenced");
  }

  @Test
  void aServerWhoseClockIsWrongRunsNoJobsAndSaysSo() throws Exception {
    SchedulerServer wrong = server("wrong", "max__clock__difference", -1);
    await()
        .atMost(PATIENCE)
        .until(() -> wrong.scheduler.reason().orElse("").contains("clock of this server differs"));
    SchedulerServer right = server("right");
    awaitLeading(right);

    assertThat(engine(wrong).isLeading()).isFalse();
    assertThat(new LiveJobs(wrong.scheduler).status().fault().orElseThrow()).contains("clock");
  }

  @Test
  void aServiceMakesJobsInAnyServer() throws Exception {
    SchedulerServer first = server("first");
    awaitLeading(first);
    SchedulerServer second = server("second");
    ServiceJobs jobs = new ServiceJobs(second.scheduler);
    LiveJobs desk = new LiveJobs(second.scheduler);

    String name =
        jobs.schedule(
            new Job(
                Optional.empty(), "test.note", new Times.Once(Instant.now()), Optional.of("{}")));
    await().atMost(PATIENCE).until(() -> calls.size() == 1);
    assertThat(calls.get(0)).startsWith("first " + name);

    String named =
        jobs.schedule(
            new Job(
                Optional.of("nightly"),
                "test.note",
                new Times.Every(Duration.ofHours(3)),
                Optional.empty()));
    assertThat(named).isEqualTo("nightly");
    await().atMost(PATIENCE).until(() -> desk.job("nightly", 2).isPresent());
    assertThat(desk.job("nightly", 2).orElseThrow().next()).hasSize(2);
    assertThat(jobs.cancel("nightly")).isTrue();
    assertThat(jobs.cancel("nightly")).isFalse();
  }

  @Test
  void aLockIsHeldByOneOfAllServersAndEndsWithItsTime() throws Exception {
    TableLease first = new TableLease(server("first").scheduler);
    TableLease second = new TableLease(server("second").scheduler);
    assertThat(first.isShared()).isTrue();

    Claim held = first.hold("lock/a", Duration.ofHours(1), Duration.ZERO).orElseThrow();
    assertThat(second.hold("lock/a", Duration.ofHours(1), Duration.ofMillis(50))).isEmpty();
    assertThat(first.hold("lock/a", Duration.ofHours(1), Duration.ZERO))
        .as("not re-entrant")
        .isEmpty();
    held.close();
    assertThat(held.isHeld()).isFalse();
    Claim next = second.hold("lock/a", Duration.ofHours(1), Duration.ofSeconds(20)).orElseThrow();
    assertThat(next.number()).isGreaterThan(held.number());
    held.close();
    assertThat(first.hold("lock/a", Duration.ofHours(1), Duration.ZERO))
        .as("not the first one's to free")
        .isEmpty();

    Claim short1 = first.hold("lock/b", Duration.ofMillis(300), Duration.ZERO).orElseThrow();
    Claim after = second.hold("lock/b", Duration.ofHours(1), Duration.ofSeconds(30)).orElseThrow();
    assertThat(short1.isHeld()).isFalse();
    assertThat(after.isHeld()).isTrue();
    first.stop();
    second.stop();
  }

  @Test
  void aClaimMovesWhenItsServerIsGone() throws Exception {
    SchedulerServer dying = server("dying");
    TableLease first = new TableLease(dying.scheduler);
    TableLease second = new TableLease(server("second").scheduler);
    List<String> told = new CopyOnWriteArrayList<>();

    Claim one = first.claim("inbox", held -> told.add("first " + held));
    await().atMost(PATIENCE).until(one::isHeld);
    Claim two = second.claim("inbox", held -> told.add("second " + held));
    long number = one.number();
    kill(dying);
    await().atMost(PATIENCE).until(two::isHeld);

    assertThat(two.number()).isGreaterThan(number);
    assertThat(one.isHeld()).isFalse();
    await()
        .atMost(PATIENCE)
        .until(() -> told.containsAll(List.of("first true", "second true", "first false")));
    first.stop();
    second.stop();
  }

  @Test
  void aDatabaseThatGoesAwayComesBack() throws Exception {
    SchedulerServer server = server("only");
    awaitLeading(server);
    server.open(SchedulerServer.job("patient", "test.note", SchedulerServer.every(1, 0)));
    await().atMost(PATIENCE).until(() -> calls.size() >= 1);

    postgres.stop();
    await().atMost(PATIENCE).until(() -> server.scheduler.reason().isPresent());
    assertThatThrownBy(() -> new LiveJobs(server.scheduler).jobs())
        .hasMessageContaining("can't be asked")
        .message()
        .doesNotContain(Postgres.PASSWORD);
    postgres.start();

    int before = calls.size();
    await().atMost(PATIENCE).until(() -> calls.size() > before + 1);
    assertThat(server.scheduler.reason()).isEmpty();
    assertThat(calls).doesNotHaveDuplicates();
    engine(server).remove("patient");
  }
}
