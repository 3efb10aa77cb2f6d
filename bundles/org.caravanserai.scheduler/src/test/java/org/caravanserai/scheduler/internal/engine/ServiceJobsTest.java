package org.caravanserai.scheduler.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.api.ServiceException;
import org.caravanserai.scheduler.internal.SchedulerServer;
import org.caravanserai.spi.JobScheduler.Job;
import org.caravanserai.spi.JobScheduler.Times;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What services may ask of the scheduler, and what they are told if they may not. */
class ServiceJobsTest {

  private static final ZoneId UTC = ZoneId.of("UTC");

  @TempDir Path data;
  private SchedulerServer server;
  private ServiceJobs jobs;

  @BeforeEach
  void start() {
    server = new SchedulerServer(data, "max__service__jobs", 2, "max__payload__size", 10);
    server.awaitLoaded();
    jobs = new ServiceJobs(server.scheduler);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> badJobs() {
    return Stream.of(
        refused(job("a", "", hourly()), "A job calls a service"),
        refused(job(" a", "s", hourly()), "no blanks around it"),
        refused(job("a\nb", "s", hourly()), "1 to "),
        refused(job("", "s", hourly()), "1 to "),
        refused(job("a".repeat(1_000), "s", hourly()), "1 to "),
        refused(job("a", "s", new Times.Every(Duration.ZERO)), "whole seconds, one at least"),
        refused(job("a", "s", new Times.Every(Duration.ofSeconds(-5))), "PT-5S"),
        refused(job("a", "s", new Times.Every(Duration.ofMillis(1_500))), "PT1.5S"),
        refused(job("a", "s", new Times.Once(Instant.parse("2001-01-01T00:00:00Z"))), "is past"),
        refused(job("a", "s", new Times.Once(Instant.MAX)), "too far away"),
        refused(job("a", "s", new Times.Cron("0 99 * * * ?", UTC)), "99"),
        refused(job("a", "s", new Times.Cron("0 0 0 30 2 ?", UTC)), "never"));
  }

  private static Arguments refused(Job job, String said) {
    return Arguments.of(job, said);
  }

  private static Times hourly() {
    return new Times.Every(Duration.ofHours(1));
  }

  private static Job job(String name, String service, Times times) {
    return new Job(Optional.of(name), service, times, Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("badJobs")
  void whatMakesNoSenseIsRefusedAndNothingIsKept(Job job, String said) {
    ServiceException refusal = refusal(job);
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.getMessage()).contains(said);
    assertThat(server.scheduler.engine().known()).isZero();
  }

  @Test
  void aPayloadHasALimit() {
    Job large = new Job(Optional.of("a"), "s", hourly(), Optional.of("01234567890"));
    ServiceException refusal = refusal(large);
    assertThat(refusal.status()).isEqualTo(413);
    assertThat(refusal.getMessage()).contains("11 characters, more than 10");
  }

  @Test
  void theNameOfAConfiguredJobIsTaken() {
    server.open(SchedulerServer.job("mine", "s", SchedulerServer.every(3_600, 0)));
    await().until(() -> server.scheduler.engine().known() == 1);
    ServiceException refusal = refusal(job("mine", "s", hourly()));
    assertThat(refusal.status()).isEqualTo(409);
    assertThat(refusal.getMessage()).contains("mine");
    assertThat(jobs.cancel("mine")).isFalse();
  }

  @Test
  void servicesMakeSoManyJobsAndNoMore() {
    jobs.schedule(job("one", "s", hourly()));
    jobs.schedule(job("two", "s", hourly()));
    ServiceException refusal = refusal(job("three", "s", hourly()));
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.getMessage()).contains("2 jobs");
    // One that is there may be changed, and one that is cancelled makes room.
    jobs.schedule(job("two", "other", hourly()));
    assertThat(jobs.cancel("one")).isTrue();
    assertThat(jobs.cancel("one")).isFalse();
    assertThat(jobs.schedule(job("three", "s", hourly()))).isEqualTo("three");
  }

  private ServiceException refusal(Job job) {
    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> jobs.schedule(job));
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
