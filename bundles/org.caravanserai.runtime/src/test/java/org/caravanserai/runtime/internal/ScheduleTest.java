package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.JobScheduler;
import org.caravanserai.spi.JobScheduler.Job;
import org.caravanserai.spi.JobScheduler.Times;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that services make, up to the scheduler. */
class ScheduleTest {

  private final Server server = new Server();
  private final List<Job> jobs = new ArrayList<>();
  private Slot slot;

  @BeforeEach
  void deploy() {
    slot = server.deploy(Server.Plugged.class);
    server.parts.bindScheduler(
        new JobScheduler() {
          @Override
          public String schedule(Job job) {
            jobs.add(job);
            return job.name().orElse("job-" + jobs.size());
          }

          @Override
          public boolean cancel(String name) {
            return name.equals("job-1");
          }
        });
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void does(Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
  }

  private void refuses(int status, Service<Object, Object> behaviour) {
    does(behaviour);
    assertThatThrownBy(() -> server.invoke(slot, Map.of()))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.status()).isEqualTo(status));
  }

  @Test
  void eachWayToTellWhen() {
    Instant at = Instant.parse("2099-01-01T00:00:00Z");
    does(
        (input, context) -> {
          context.schedule().once(at, "a.b", null);
          context.schedule().named("mine").every(Duration.ofMinutes(5), "a.b", "text");
          context.schedule().cron("0 9 * * 1-5", ZoneOffset.UTC, "a.b", Map.of("id", 1));
          context.schedule().once(Duration.ofDays(1), "a.b", List.of());
          return context.schedule().cancel("job-1") + " " + context.schedule().cancel("job-9");
        });

    assertThat(server.invoke(slot, Map.of())).isEqualTo("true false");
    assertThat(jobs.get(0).times()).isEqualTo(new Times.Once(at));
    assertThat(jobs.get(0).payload()).isEmpty();
    assertThat(jobs.get(1).name()).contains("mine");
    assertThat(jobs.get(1).times()).isEqualTo(new Times.Every(Duration.ofMinutes(5)));
    assertThat(jobs.get(1).payload()).contains("text");
    assertThat(jobs.get(2).times()).isEqualTo(new Times.Cron("0 9 * * 1-5", ZoneOffset.UTC));
    assertThat(jobs.get(2).payload()).contains("{\"id\":1}");
    assertThat(((Times.Once) jobs.get(3).times()).time()).isAfter(Instant.now());
  }

  @Test
  void nonsenseIsRefused() {
    Map<String, Object> endless = new HashMap<>();
    endless.put("itself", endless);
    refuses(400, (input, context) -> context.schedule().once(Duration.ofDays(1), "a.b", endless));
    refuses(
        400,
        (input, context) -> context.schedule().once(Duration.ofSeconds(Long.MAX_VALUE), "a.b", 1));
    assertThat(jobs).isEmpty();
  }

  @Test
  void withoutASchedulerItIsTriedLater() {
    JobScheduler last =
        new JobScheduler() {
          @Override
          public String schedule(Job job) {
            return "";
          }

          @Override
          public boolean cancel(String name) {
            return false;
          }
        };
    server.parts.bindScheduler(last);
    server.parts.unbindScheduler(last);
    refuses(503, (input, context) -> context.schedule());
  }
}
