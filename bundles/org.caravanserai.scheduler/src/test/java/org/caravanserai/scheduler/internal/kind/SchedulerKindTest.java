package org.caravanserai.scheduler.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Misfire;
import org.caravanserai.scheduler.internal.SchedulerServer;
import org.caravanserai.scheduler.internal.engine.LiveJobs;
import org.caravanserai.spi.Field;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs as configuration spells them. */
class SchedulerKindTest {

  @TempDir private Path data;
  private SchedulerServer server;
  private SchedulerKind kind;
  private boolean isStarting;

  /** What the service takes. */
  public record Order(int id, Optional<String> note, List<Colour> colours) {}

  /** A choice. */
  public enum Colour {
    RED,
    GREEN
  }

  /** A service with an input of its own. */
  public static class Orders implements Service<Order, String> {
    @Override
    public String handle(Order order, Context context) {
      return "";
    }
  }

  @BeforeEach
  void start() {
    server = new SchedulerServer(data);
    kind = new SchedulerKind(server.scheduler, server.registry, () -> isStarting);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A job with the defaults of its fields, but for what is given. */
  private static SchedulerJob job(Object... given) {
    Map<String, Object> changed = new HashMap<>(Map.of("name", "a", "service", "test.orders"));
    for (int i = 0; i < given.length; i += 2) {
      changed.put((String) given[i], given[i + 1]);
    }
    RecordComponent[] components = SchedulerJob.class.getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(
                each ->
                    changed.containsKey(each.getName()) ? changed.get(each.getName()) : usual(each))
            .toArray();
    try {
      return SchedulerJob.class
          .getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object usual(RecordComponent component) {
    Class<?> type = component.getType();
    String text = component.getAnnotation(Field.class).defaultValue();
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == boolean.class) {
      return Boolean.valueOf(text);
    }
    if (type == int.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class) {
      return Long.valueOf(text);
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> each.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow();
  }

  private void refuses(SchedulerJob job, String field, String words) {
    assertThatThrownBy(() -> kind.validate(job))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageContaining(words);
  }

  @Test
  void nonsenseIsRefusedWithItsField() {
    refuses(job(), "seconds", "all are 0");
    refuses(job("jobType", JobType.CRON_STYLE), "cron_definition", "has an expression");
    refuses(
        job("jobType", JobType.CRON_STYLE, "cronDefinition", Optional.of("0 0 30 2 *")),
        "cron_definition",
        "no such day");
    refuses(job("seconds", 1, "timezone", Optional.of("Nowhere")), "timezone", "unknown time zone");
    refuses(job("jobType", JobType.ONE_TIME), "start_date", "says when");
    refuses(job("seconds", 1, "service", " "), "service", "calls a service");
    refuses(
        job("seconds", 1, "cronDefinition", Optional.of("* * * * *")), "cron_definition", "only");
    refuses(
        job("seconds", 1, "extra", Optional.of("x".repeat(300_000))), "extra", "300000 characters");
    refuses(
        job("seconds", 1, "onErrorJob", Optional.of("a")), "on_error_job", "would run for ever");
  }

  @Test
  void jobsThatLeadBackAreRefused() throws Exception {
    LiveObject<SchedulerJob> first =
        kind.open(job("name", "b", "seconds", 9, "onSuccessJob", Optional.of("c")));
    LiveObject<SchedulerJob> second =
        kind.open(job("name", "c", "seconds", 9, "onErrorJob", Optional.of("a")));
    refuses(job("seconds", 1, "onSuccessJob", Optional.of("b")), "on_success_job", "for ever");
    first.close();
    second.close();
    kind.validate(job("seconds", 1, "onSuccessJob", Optional.of("b")));
  }

  @Test
  void aPastTimeIsRefusedUnlessItIsThatOfAJobThatIsKnown() throws Exception {
    SchedulerJob past =
        job("jobType", JobType.ONE_TIME, "startDate", Optional.of("2020-01-01 00:00:00"));
    server.awaitLoaded();
    refuses(past, "start_date", "is past");

    String soon = Instant.now().plus(Duration.ofMillis(300)).toString();
    SchedulerJob job =
        job("name", "soon", "jobType", JobType.ONE_TIME, "startDate", Optional.of(soon));
    kind.validate(job);
    LiveObject<SchedulerJob> live = kind.open(job);
    LiveJobs desk = new LiveJobs(server.scheduler);
    await().atMost(Duration.ofMinutes(1)).until(() -> desk.job("soon", 1).isPresent());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> server.scheduler.engine().now() > Instant.parse(soon).toEpochMilli());
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThatCode(() -> kind.validate(job)).doesNotThrowAnyException());
    live.close();
  }

  @Test
  void whatIsReadAgainAtAStartIsNotRefusedAndNotRunEither() throws Exception {
    SchedulerJob past =
        job("jobType", JobType.ONE_TIME, "startDate", Optional.of("2020-01-01 00:00:00"));
    server.deploy("test.orders", new Orders());
    isStarting = true;
    kind.validate(past);
    LiveObject<SchedulerJob> live = kind.open(past);

    LiveJobs desk = new LiveJobs(server.scheduler);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> desk.job("a", 1).filter(each -> each.status().equals("finished")).isPresent());
    assertThat(desk.runs(Optional.of("a"), Optional.empty(), 0, 10).items()).isEmpty();
    isStarting = false;
    kind.validate(past);
    live.close();
  }

  @Test
  void thePayloadFitsTheServiceIfThatIsThere() throws Exception {
    SchedulerJob wrong =
        job("seconds", 1, "extra", Optional.of(Map.of("id", "x", "colours", List.of())));
    kind.validate(wrong);

    server.deploy("test.orders", new Orders());
    refuses(wrong, "extra", "/id");
    refuses(job("seconds", 1), "extra", "missing");
    refuses(job("seconds", 1, "extra", Optional.of("a text")), "extra", "expected JSON");
    refuses(
        job("seconds", 1, "extra", Optional.of("{\"id\":1,\"colours\":[\"BLUE\"]}")),
        "extra",
        "/colours/0");
    kind.validate(
        job("seconds", 1, "extra", Optional.of("{\"id\":1,\"colours\":[\"RED\"],\"more\":true}")));
  }

  @Test
  void aJobThatRunsOnceIsMadeUpForUnlessItSaysOtherwise() {
    Optional<String> start = Optional.of("2099-01-01 00:00:00");
    assertThat(Definitions.of(job("jobType", JobType.ONE_TIME, "startDate", start)).misfire())
        .isEqualTo(Misfire.RUN_ONCE);
    assertThat(
            Definitions.of(
                    job(
                        "jobType",
                        JobType.ONE_TIME,
                        "startDate",
                        start,
                        "misfirePolicy",
                        Optional.of(Misfire.SKIP)))
                .misfire())
        .isEqualTo(Misfire.SKIP);
    assertThat(Definitions.of(job("seconds", 1)).misfire()).isEqualTo(Misfire.SKIP);
    assertThat(Definitions.of(job("seconds", 1, "onErrorJob", Optional.of(" "))).onError().job())
        .isEmpty();
  }

  @Test
  void aJobOfTheConfigurationIsListedUntilItIsTakenAway() throws Exception {
    LiveJobs desk = new LiveJobs(server.scheduler);
    LiveObject<SchedulerJob> live = kind.open(job("name", "listed", "hours", 2, "repeats", 3L));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> desk.job("listed", 9).filter(each -> each.next().size() == 3).isPresent());
    assertThat(desk.job("listed", 1).orElseThrow().status()).isEqualTo("waiting");
    assertThat(desk.job("listed", 1).orElseThrow().schedule()).isEqualTo("every 2 hours");
    assertThat(desk.jobs()).hasSize(1);

    live.removed();
    live.close();
    await().atMost(Duration.ofMinutes(1)).until(() -> desk.jobs().isEmpty());
    await().atMost(Duration.ofMinutes(1)).until(() -> server.scheduler.engine().known() == 0);
    assertThatThrownBy(() -> desk.run("listed")).hasMessageContaining("There is no job");
  }
}
