package org.caravanserai.objects.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.objects.ConfigurationRefusedException.Reason;
import org.caravanserai.objects.ImportResult;
import org.caravanserai.objects.ImportResult.Difference;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectInfo.State;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole files in and out: all of them or nothing, the same bytes each time. */
class ImportTest {

  @TempDir private Path data;
  @TempDir private Path files;

  private final List<String> events = TestKind.events();
  private final TestKind<Lock> locks = TestKind.locks(events);
  private final TestKind<Door> doors = TestKind.doors(events);
  private ObjectKernel kernel;

  @BeforeEach
  void start() throws IOException {
    kernel = open(data);
  }

  private ObjectKernel open(Path folder, Path... imports) throws IOException {
    ObjectKernel opened =
        new ObjectKernel(
            TestStorage.settings(Set.of(), imports),
            Map.of("PLACE", "north")::get,
            path -> true,
            TestStorage.open(folder));
    opened.kindCame(doors);
    opened.kindCame(locks);
    await().until(() -> !opened.reason().orElse("").startsWith("objects of"));
    return opened;
  }

  @AfterEach
  void nothingIsLeftOpen() {
    kernel.close();
    assertThat(doors.taken).isEmpty();
    assertThat(locks.taken).isEmpty();
  }

  private ImportResult bring(String yaml) {
    return kernel.importYaml(yaml.getBytes(StandardCharsets.UTF_8), false, false);
  }

  private ImportResult prune(String yaml, boolean dryRun) {
    return kernel.importYaml(yaml.getBytes(StandardCharsets.UTF_8), dryRun, true);
  }

  private ConfigurationRefusedException refused(String yaml) {
    String before = kernel.export();
    List<ObjectInfo> objects = kernel.list();
    ConfigurationRefusedException refusal =
        catchThrowableOfType(ConfigurationRefusedException.class, () -> bring(yaml));
    assertThat(refusal).as(yaml).isNotNull();
    assertThat(kernel.export()).isEqualTo(before);
    assertThat(kernel.list()).isEqualTo(objects);
    return refusal;
  }

  private static final String SAFE = "name: safe\ncode: ${secret:lock/safe/code}\n";

  private static final String HOUSE =
      """
      door:
        - name: front
          place: ${PLACE}
          lock: safe
          is_active: true
        - {name: back, place: B}
      lock:
        - name: safe
          code: hush-hush
      """;

  @Test
  void aFileIsImportedAndNothingHappensTheSecondTime() {
    ImportResult first = bring(HOUSE);
    assertThat(first.added()).containsExactly("door/front", "door/back", "lock/safe");
    assertThat(first.warnings()).isEmpty();
    assertThat(events).containsExactly("open safe", "open front", "open back");
    events.clear();

    ImportResult second = bring(HOUSE);
    assertThat(second.unchanged()).containsExactlyElementsOf(first.added());
    assertThat(List.of(second.added(), second.changed(), second.removed())).allMatch(List::isEmpty);
    assertThat(events).isEmpty();

    ImportResult third = bring("lock: [{name: safe, code: other}]");
    assertThat(third.changed()).containsExactly("lock/safe");
    assertThat(locks.taken.get("safe").code()).isEqualTo("other");
  }

  @Test
  void aDryRunTellsTheDifferenceAndNoSecret() {
    bring(HOUSE);
    String yaml =
        "door: [{name: back, place: C}, {name: side, place: S}]\nlock: [{name: safe, code: new}]";
    ImportResult plan = prune(yaml, true);
    assertThat(plan.differences())
        .containsExactly(
            new Difference("door/back", "name: back\nplace: B\n", "name: back\nplace: C\n"),
            new Difference("door/side", "", "name: side\nplace: S\n"),
            new Difference("lock/safe", SAFE, SAFE),
            new Difference("door/front", "name: front\nplace: ${PLACE}\nlock: safe\n", ""));
    assertThat(kernel.export()).contains("place: B");
    assertThat(prune(yaml, false).differences()).isEmpty();
  }

  @Test
  void anExportIsTheSameWhereverItIsImported(@TempDir Path other) throws IOException {
    bring(HOUSE);
    String export = kernel.export();
    assertThat(export)
        .isEqualTo(
            """
            door:
              - name: back
                place: B
              - name: front
                place: ${PLACE}
                lock: safe

            lock:
              - name: safe
                code: ${secret:lock/safe/code}
            """);
    String digest = kernel.digest();
    kernel.close();
    kernel = open(other);
    assertThat(kernel.export()).isEqualTo("{}\n");
    bring(export);
    assertThat(kernel.export()).isEqualTo(export);
    assertThat(kernel.digest()).isEqualTo(digest).startsWith("sha256:");
    assertThat(kernel.find("lock", "safe").orElseThrow().reason())
        .contains("waiting for secret lock/safe/code");
    kernel.set("lock/safe/code", "again");
    assertThat(kernel.find("door", "front").orElseThrow().state()).isEqualTo(State.OPEN);
  }

  @Test
  void pruneTakesAwayWhatTheFileDoesNotName() {
    bring(HOUSE);
    String after = "door: [{name: front, place: A}]";
    ImportResult dry = prune(after, true);
    assertThat(dry.changed()).containsExactly("door/front");
    assertThat(dry.removed()).containsExactly("door/back", "lock/safe");
    assertThat(kernel.list()).hasSize(3);
    assertThat(prune(after, false))
        .usingRecursiveComparison()
        .ignoringFields("differences")
        .isEqualTo(dry);
    assertThat(kernel.list()).extracting(ObjectInfo::name).containsExactly("front");
    assertThat(kernel.names()).isEmpty();
    assertThat(prune("{}", false).removed()).containsExactly("door/front");
    assertThat(kernel.export()).isEqualTo("{}\n");
  }

  @Test
  void whatAFileOfTheUserHasIsNotChangedByAnImport() {
    kernel.deploy("/x/serai.yaml", "door: [{name: a, place: A}]".getBytes(StandardCharsets.UTF_8));
    assertThat(bring("door: [{name: a, place: A}, {name: b, place: B}]"))
        .returns(List.of("door/a"), ImportResult::unchanged)
        .returns(List.of("door/b"), ImportResult::added);
    ConfigurationRefusedException refusal = refused("door:\n  - {name: a, place: A2}");
    assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
    assertThat(refusal).hasMessage("import:2:5: error: door/a is defined in /x/serai.yaml");
    assertThat(prune("{}", false).removed()).containsExactly("door/b");
  }

  @Test
  void kindsThatOnlyZatoHasAreWarnings() {
    ImportResult result = bring("ldap: [{name: l, password: x}]\ndoor: [{name: a, place: A}]");
    assertThat(result.added()).containsExactly("door/a");
    assertThat(result.warnings())
        .extracting(Diagnostic::toString)
        .containsExactly(
            "import:1:1: warning: this server does not support `ldap` (yet): its objects are not"
                + " imported");
    assertThat(kernel.list()).hasSize(1);
  }

  record Node(
      @Field(help = "The name.") String name,
      @Field(help = "The next.", reference = "node") Optional<String> next) {}

  @Test
  void referencesToNothingAndInACircleAreRefused() {
    TestKind<Node> nodes = new TestKind<>("node", Node.class, Node::name, events);
    kernel.kindCame(nodes);
    await().until(() -> kernel.reason().isEmpty());
    assertThat(refused("node:\n  - name: a\n    next: b"))
        .hasMessage("import:3:11: error: there is no node/b");
    assertThat(refused("node: [{name: a, next: b}, {name: b, next: a}]").diagnostics())
        .first()
        .hasToString("import:1:8: error: node/a refers to itself: node/a -> node/b -> node/a");
    assertThat(refused("node: [{name: a, next: a}]").diagnostics()).hasSize(1);
    bring(HOUSE);
    assertThat(
            catchThrowableOfType(
                ConfigurationRefusedException.class,
                () -> prune("door: [{name: front, place: A, lock: safe}]", false)))
        .hasMessageContaining("there is no lock/safe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "door:\\n\\t- name: a | import:2:1: error: not YAML: ",
        "door: []\\ndoor: [] | import:2:1: error: duplicate key `door`, first in line 1",
        "door: [{name: a, name: b, place: A}] | import:1:18: error: duplicate key `name`",
        "door: [{name: a, place: [A]}] | import:1:25: error: place: expected a text, found a list",
        "door: [{name: a, place: A, is_active: ja}] | import:1:39: error: is_active: expected true "
            + "or false, found `ja`",
        "dor: [] | import:1:1: error: unknown kind `dor`; did you mean `door`?",
        "door: [{name: a, palce: A}] | import:1:8: error: missing field `place`",
        "door: [{name: a, place: '${NOWHERE}'}] | import:1:25: error: place: `${NOWHERE}`: the "
            + "environment has no NOWHERE",
        "door: [{name: a, place: A, lock: l}] | import:1:34: error: there is no lock/l",
        "door: [{name: a, place: A}, {name: a, place: B}] | import:1:29: error: duplicate name",
        "lock: [{name: a, code: 'x${PLACE}'}] | import:1:24: error: a secret is one clear value",
        "include: [other.yaml] | import:1:11: error: include: what is sent has no folder",
        "include: other.yaml | import:1:10: error: include: expected a list, found `other.yaml`",
        "door: &a [*a] | import:1:",
        "door: {a: b} | import:1:7: error: door: expected a list of mappings, found a mapping",
        "'' | import: error: the file is empty",
        "[door] | import:1:1: error: expected a mapping",
        "door: [{name: a, place: !x A}] | import:1:25: error: the tag !x is not supported",
      })
  void badInputIsOneClearErrorWithItsPlace(String yaml, String message) {
    bring("door: [{name: old, place: old}]");
    assertThat(refused(yaml.translateEscapes()))
        .hasMessageStartingWith(message)
        .returns(Reason.INVALID, ConfigurationRefusedException::reason);
  }

  @Test
  void explodingAnchorsHugeFilesAndOtherEncodingsAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 100; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(refused(bomb.toString())).hasMessageContaining("aliases");
    assertThat(refused("#".repeat(100_001))).hasMessageContaining("at most 100000 are allowed");
    assertThat(refused("[".repeat(60))).hasMessageContaining("nested deeper than 50");
    byte[] latin = "door: [{name: \u00fc, place: A}]".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            catchThrowableOfType(
                ConfigurationRefusedException.class, () -> kernel.importYaml(latin, false, false)))
        .hasMessage("import:1:15: error: the file is not UTF-8 from here on");
  }

  private Path write(String name, String text) throws IOException {
    Path file = files.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void filesIncludeOthers() throws IOException {
    Path main =
        write("main.yaml", "include: [sub/a.yaml, sub/b.yaml]\ndoor: [{name: m, place: M}]");
    write("sub/a.yaml", "include: [c.yaml]\ndoor: [{name: a, place: A, lock: l}]");
    write("sub/b.yaml", "include: [c.yaml]\ndoor: [{name: b, place: B}]");
    Path last = write("sub/c.yaml", "lock: [{name: l}]");
    assertThat(kernel.importFile(main, false, false).added())
        .containsExactlyInAnyOrder("door/m", "door/a", "door/b", "lock/l");

    Files.writeString(last, "lock:\n  - nam: l\n");
    assertThat(refusedFile(main).diagnostics())
        .extracting(Diagnostic::toString)
        .contains(last + ":2:5: error: unknown field `nam` of `lock`; did you mean `name`?");
    Files.writeString(last, "include:\n  - ../main.yaml");
    assertThat(refusedFile(main))
        .hasMessage(last + ":2:5: error: include: ../main.yaml includes itself");
    Files.delete(last);
    assertThat(refusedFile(main))
        .hasMessageContaining("a.yaml:1:11: error: include: " + last + " is not there");
    Files.write(last, new byte[100_001]);
    assertThat(refusedFile(main)).hasMessageContaining("at most 100000 are allowed");
    Files.writeString(last, "door: [{name: m, place: X}]");
    assertThat(refusedFile(main)).hasMessageContaining("duplicate name: door/m stands in " + main);
    assertThat(refusedFile(files.resolve("none.yaml")).reason()).isEqualTo(Reason.UNKNOWN);
  }

  private ConfigurationRefusedException refusedFile(Path file) {
    ConfigurationRefusedException refusal =
        catchThrowableOfType(
            ConfigurationRefusedException.class, () -> kernel.importFile(file, false, true));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @Test
  void aServerStartsFromAFileOrAFolder(@TempDir Path other) throws IOException {
    write("env/1.yaml", "lock: [{name: l, code: clear}]");
    write("env/2.yml", "door: [{name: a, place: A, lock: l}]");
    write("env/notes.txt", "nothing");
    kernel.close();
    kernel = open(other, files.resolve("env"));
    assertThat(kernel.reason()).isEmpty();
    ObjectInfo door = kernel.find("door", "a").orElseThrow();
    assertThat(door.state()).isEqualTo(State.OPEN);
    assertThat(door.origin()).isEqualTo("file:" + files.resolve("env/2.yml"));
    assertThat(kernel.names()).isEmpty();
    assertThat(
            catchThrowableOfType(
                ConfigurationRefusedException.class,
                () ->
                    kernel.put(
                        "door",
                        "a",
                        "place: B".getBytes(StandardCharsets.UTF_8),
                        Condition.NONE,
                        false)))
        .hasMessageContaining("2.yml: change it there");
  }

  @Test
  void aServerThatCantStartFromItsFileIsNotReadyAndSaysWhy(@TempDir Path other) throws IOException {
    Path wrong = write("wrong.yaml", "door:\n  - name: a\n    place: ${NOWHERE}\n");
    kernel.close();
    kernel = open(other, wrong);
    assertThat(kernel.reason().orElseThrow())
        .startsWith("SERAI_IMPORT: wrong.yaml:3:12: error: place: `${NOWHERE}`");
    kernel.close();
    kernel = open(other, files.resolve("missing.yaml"));
    assertThat(kernel.reason())
        .contains("SERAI_IMPORT: " + files.resolve("missing.yaml") + " is not there");
  }

  @Test
  void aFileWhoseKindComesLaterAndDoesNotTakeItKeepsTheServerFromBeingReady(@TempDir Path other)
      throws IOException {
    Path wrong = write("later.yaml", "ldap:\n  - name: a\n    plac: A\n");
    kernel.close();
    kernel = open(other, wrong);
    assertThat(kernel.reason()).isEmpty();
    kernel.kindCame(new TestKind<>("ldap", Door.class, Door::place, events));
    await()
        .untilAsserted(
            () ->
                assertThat(kernel.reason().orElse(""))
                    .startsWith("SERAI_IMPORT: later.yaml:2:5: error: missing field `place`"));
  }
}
