package org.caravanserai.security.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditEvent;
import org.caravanserai.security.audit.AuditQuery;
import org.caravanserai.security.audit.AuditRecord;
import org.caravanserai.security.audit.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir private Path folder;
  private long nanos;
  private Instant now = NOON;
  private AuditComponent audit;

  @BeforeEach
  void open() throws IOException {
    audit = open(1_000_000, 10);
  }

  private AuditComponent open(long size, int files) throws IOException {
    Ticker ticker = () -> nanos;
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    return new AuditComponent(
        new AuditFiles(folder.resolve("audit"), size, files), 3, ticker, clock);
  }

  @AfterEach
  void close() throws IOException {
    audit.close();
  }

  private static AuditEvent event(String user, String operation, String target) {
    return new AuditEvent("cid-1", user, "10.0.0.1", "api", operation, target);
  }

  private List<AuditRecord> all() {
    return audit.find(AuditQuery.newest(10_000)).items();
  }

  private List<String> targets(AuditQuery query) {
    return audit.find(query).items().stream().map(AuditRecord::target).toList();
  }

  private Path file() throws IOException {
    try (var files = Files.list(folder.resolve("audit"))) {
      return files.sorted().reduce((a, b) -> b).orElseThrow();
    }
  }

  @Test
  void anActIsRecordedBeforeItIsDoneAndOnceWhenItHasEnded() {
    Audit.Begun begun = audit.begin(event("ann", "objects.write", "sql/orders"));
    assertThat(all()).extracting(AuditRecord::outcome).containsExactly(Outcome.BEGUN);

    begun.end(Outcome.DONE, "201");
    assertThat(all())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.outcome()).isEqualTo(Outcome.DONE);
              assertThat(entry.time()).isEqualTo(NOON);
              assertThat(entry.user()).isEqualTo("ann");
              assertThat(entry.address()).isEqualTo("10.0.0.1");
              assertThat(entry.door()).isEqualTo("api");
              assertThat(entry.operation()).isEqualTo("objects.write");
              assertThat(entry.target()).isEqualTo("sql/orders");
              assertThat(entry.cid()).isEqualTo("cid-1");
              assertThat(entry.details()).isEqualTo("201");
            });
  }

  @Test
  void whatWasUnderWayWhenTheServerWasKilledIsSeenAfterIt() throws IOException {
    audit.begin(event("ann", "objects.write", "first")).end(Outcome.DONE, "");
    audit.begin(event("ann", "objects.write", "second"));
    String line = Files.readString(file());
    audit.close();
    Files.writeString(file(), "{\"time\":\"2026-", StandardOpenOption.APPEND);

    audit = open(1_000_000, 10);
    assertThat(Files.readString(file())).isEqualTo(line);
    assertThat(all())
        .extracting(AuditRecord::target, AuditRecord::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("second", Outcome.BEGUN),
            org.assertj.core.groups.Tuple.tuple("first", Outcome.DONE));
    audit.record(event("ann", "objects.write", "third"), Outcome.DONE, "");
    assertThat(all()).hasSize(3);
  }

  @Test
  void aFileOfOneHalfLineIsAnEmptyOne() throws IOException {
    audit.close();
    Files.writeString(file(), "{\"half");
    audit = open(1_000_000, 10);
    assertThat(file()).isEmptyFile();
  }

  @Test
  void eachRecordIsOneLineWhateverIsInIt() throws IOException {
    audit.record(event("a\nb\u2028\"", "login", "x".repeat(10_000)), Outcome.FAILED, "c\r\nd");
    assertThat(Files.readString(file()).strip()).doesNotContain("\n");
    assertThat(all())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.user()).isEqualTo("a\nb\u2028\"");
              assertThat(entry.target()).hasSize(2003);
            });
  }

  @Test
  void onlyItsOwnerCanReadIt() throws IOException {
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("audit"))))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void fullFilesMakeRoomAndTheOldestGo() throws IOException {
    audit.close();
    audit = open(2_000, 3);
    for (int i = 0; i < 100; i++) {
      audit.record(event("ann", "login", "t" + i), Outcome.DONE, "");
    }
    try (var files = Files.list(folder.resolve("audit"))) {
      List<Path> kept = files.sorted().toList();
      assertThat(kept).hasSize(3);
      for (Path each : kept) {
        assertThat(Files.size(each)).isLessThanOrEqualTo(2_000);
      }
    }
    assertThat(targets(AuditQuery.newest(3))).containsExactly("t99", "t98", "t97");
    audit.close();
    audit = open(2_000, 3);
    audit.record(event("ann", "login", "after"), Outcome.DONE, "");
    assertThat(targets(AuditQuery.newest(2))).containsExactly("after", "t99");
  }

  @Test
  void isSearchedByUserOperationTargetOutcomeAndTime() {
    audit.record(event("ann", "objects.write", "sql/orders"), Outcome.DONE, "");
    now = NOON.plusSeconds(60);
    audit.record(event("bob", "objects.ping", "sql/orders"), Outcome.FAILED, "");
    now = NOON.plusSeconds(120);
    audit.record(event("bob", "users.write", "eve"), Outcome.DONE, "");

    Optional<String> none = Optional.empty();
    assertThat(targets(query(Optional.of("bob"), none, none, Optional.empty(), Optional.empty())))
        .containsExactly("eve", "sql/orders");
    assertThat(
            targets(query(none, Optional.of("objects"), none, Optional.empty(), Optional.empty())))
        .hasSize(2);
    assertThat(
            targets(
                query(none, Optional.of("users.write"), none, Optional.empty(), Optional.empty())))
        .containsExactly("eve");
    assertThat(targets(query(none, none, Optional.of("order"), Optional.empty(), Optional.empty())))
        .hasSize(2);
    assertThat(targets(query(none, none, none, Optional.of(Outcome.FAILED), Optional.empty())))
        .containsExactly("sql/orders");
    assertThat(
            targets(query(none, none, none, Optional.empty(), Optional.of(NOON.plusSeconds(60)))))
        .containsExactly("eve", "sql/orders");
  }

  private static AuditQuery query(
      Optional<String> user,
      Optional<String> operation,
      Optional<String> target,
      Optional<Outcome> outcome,
      Optional<Instant> from) {
    return new AuditQuery(user, operation, target, outcome, from, Optional.empty(), 0, 100);
  }

  @Test
  void comesInPages() {
    for (int i = 0; i < 5; i++) {
      audit.record(event("ann", "login", "t" + i), Outcome.DONE, "");
    }
    Optional<String> none = Optional.empty();
    Audit.AuditPage page =
        audit.find(
            new AuditQuery(
                none, none, none, Optional.empty(), Optional.empty(), Optional.empty(), 1, 2));
    assertThat(page.items()).extracting(AuditRecord::target).containsExactly("t3", "t2");
    assertThat(page.more()).isTrue();
    assertThat(audit.find(AuditQuery.newest(5)).more()).isFalse();
  }

  @Test
  void aFloodOfRefusalsIsCounted() {
    for (int i = 0; i < 1000; i++) {
      audit.refused(event("eve", "login", ""), Outcome.UNAUTHENTICATED, "");
    }
    assertThat(all()).hasSize(3);
    audit.refused(event("bob", "users.write", ""), Outcome.FORBIDDEN, "");
    assertThat(all()).as("another kind of refusal").hasSize(4);
    audit.refused(
        new AuditEvent("cid-2", "", "10.0.0.2", "channel", "login", "channel_rest/x"),
        Outcome.UNAUTHENTICATED,
        "");
    assertThat(all()).as("another door").hasSize(5);

    nanos = Duration.ofMinutes(1).toNanos();
    audit.refused(event("eve", "login", ""), Outcome.UNAUTHENTICATED, "");
    assertThat(all()).hasSize(7);
    assertThat(all().get(1).details()).startsWith("997 more refusals");
  }

  @Test
  void whatWasNotToldIsToldAtTheEnd() throws IOException {
    for (int i = 0; i < 10; i++) {
      audit.refused(event("eve", "login", ""), Outcome.UNAUTHENTICATED, "");
    }
    audit.close();
    audit = open(1_000_000, 10);
    assertThat(all().get(0).details()).startsWith("7 more refusals");
  }

  @Test
  void whatCannotBeRecordedMustNotBeDone() throws IOException {
    audit.close();
    assertThatThrownBy(() -> audit.begin(event("ann", "objects.write", "x")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("the audit can't be written");
    audit.record(event("ann", "login", "x"), Outcome.DONE, "");
    audit = open(1_000_000, 10);
    assertThat(all()).isEmpty();
  }
}
