package org.caravanserai.objects.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.objects.ConfigurationRefusedException.Reason;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectId;
import org.caravanserai.objects.ObjectInfo.State;
import org.caravanserai.objects.WrittenForms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are made by the API: stored, edited by hand, kept over restarts. */
class StoreTest {

  @TempDir private Path data;

  private final List<String> events = TestKind.events();
  private final TestKind<Lock> locks = TestKind.locks(events);
  private final TestKind<Door> doors = TestKind.doors(events);
  private ObjectKernel kernel;

  @BeforeEach
  void start() throws IOException {
    kernel =
        new ObjectKernel(
            TestStorage.settings(Set.of()),
            Map.of("PLACE", "north", "CODE", "1234")::get,
            path -> true,
            TestStorage.open(data));
    kernel.kindCame(doors);
    kernel.kindCame(locks);
    await().until(() -> kernel.reason().isEmpty());
  }

  @AfterEach
  void nothingIsLeftOpen() {
    kernel.close();
    assertThat(doors.taken).isEmpty();
    assertThat(locks.taken).isEmpty();
  }

  private void restart() throws IOException {
    kernel.close();
    start();
  }

  private ConfiguredObject put(String kind, String name, String document) {
    return kernel.put(kind, name, document.getBytes(StandardCharsets.UTF_8), Condition.NONE, false);
  }

  private ConfigurationRefusedException refused(Runnable change) {
    ConfigurationRefusedException refusal =
        catchThrowableOfType(ConfigurationRefusedException.class, change::run);
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private ConfigurationRefusedException refusedPut(String kind, String name, String document) {
    return refused(() -> put(kind, name, document));
  }

  private void deploy(String path, String yaml) {
    assertThat(kernel.deploy(path, yaml.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private Path file(String kind) {
    return data.resolve("objects").resolve(kind + ".yaml");
  }

  private String stored(String kind) throws IOException {
    return Files.readString(file(kind));
  }

  private void edit(String kind, String text) throws IOException {
    Path temporary = data.resolve("edited");
    Files.writeString(temporary, text);
    Files.move(temporary, file(kind), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void anObjectIsStoredOpenedChangedAndTakenAway() throws IOException {
    ConfiguredObject made = put("door", "front", "{\"place\": \"A\", \"is_active\": true}");
    assertThat(made.info().state()).isEqualTo(State.OPEN);
    assertThat(made.info().origin()).isEqualTo("store");
    assertThat(made.fields()).isEqualTo(Map.of("name", "front", "place", "A"));
    assertThat(stored("door")).isEqualTo("door:\n  - name: front\n    place: A\n");

    put("door", "back", "name: back\nplace: ${PLACE}");
    ConfiguredObject changed = put("door", "front", "place: A\nis_active: false");
    assertThat(changed.info().state()).isEqualTo(State.INACTIVE);
    assertThat(changed.etag()).isNotEqualTo(made.etag());
    assertThat(stored("door"))
        .isEqualTo(
            """
            door:
              - name: back
                place: ${PLACE}
              - name: front
                is_active: false
                place: A
            """);

    kernel.delete("door", "front", Condition.NONE);
    kernel.delete("door", "back", Condition.NONE);
    assertThat(stored("door")).isEqualTo("door: []\n");
    assertThat(kernel.list()).isEmpty();
    put("door", "again", "place: A");
    assertThat(stored("door")).isEqualTo("door:\n  - name: again\n    place: A\n");
  }

  @Test
  void aChangeIsCheckedWithoutBeingMade() {
    put("door", "a", "place: A");
    kernel.check("door", "b", bytes("place: B"), Condition.NONE, false);
    kernel.check("door", "a", bytes("place: B"), Condition.NONE, false);
    assertThat(kernel.list()).hasSize(1);
    assertThat(doors.taken).containsOnlyKeys("A");
    assertThat(
            refused(() -> kernel.check("door", "b", bytes("plac: B"), Condition.NONE, false))
                .diagnostics())
        .isNotEmpty();
    Condition absent = new Condition(Optional.empty(), true);
    assertThat(refused(() -> kernel.check("door", "a", bytes("place: B"), absent, false)).reason())
        .isEqualTo(Reason.OUTDATED);
  }

  @Test
  void anObjectTellsWhatItRefersToAndWhatRefersToIt() {
    put("lock", "safe", "{}");
    put("door", "b", "{place: B, lock: safe}");
    put("door", "a", "{place: A, lock: safe}");
    assertThat(kernel.read("lock", "safe").orElseThrow().links().referredBy())
        .containsExactly(new ObjectId("door", "a"), new ObjectId("door", "b"));
    assertThat(kernel.read("door", "a").orElseThrow().links().refersTo())
        .containsExactly(new ObjectId("lock", "safe"));
    assertThat(kernel.export(Optional.of("door"), Optional.of("b")))
        .isEqualTo("door:\n  - name: b\n    place: B\n    lock: safe\n");
  }

  @Test
  void fieldsAreWrittenInBothFormsAndComeBackAsTheyWere() {
    WrittenForms forms =
        kernel.convert(bytes("{\"version\": \"1.10\", \"n\": 5, \"on\": true, \"list\": [1.5]}"));
    assertThat(forms.yaml()).isEqualTo("version: '1.10'\nn: 5\non: true\nlist:\n  - 1.5\n");
    assertThat(kernel.convert(bytes(forms.yaml()))).isEqualTo(forms);
    // JSON would make 1.1 of it, and 7 of that.
    assertThat(kernel.convert(bytes("{version: 1.10, code: 007}")).fields())
        .isEqualTo(Map.of("version", "1.10", "code", "007"));
    assertThat(refused(() -> kernel.convert(bytes("a: [1"))).diagnostics()).isNotEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatWasStoredIsThereAfterARestart() throws IOException {
    put("lock", "safe", "{}");
    put("door", "a", "{place: A, lock: safe}");
    events.clear();
    restart();
    assertThat(events).contains("open safe", "open a");
    assertThat(kernel.read("door", "a").orElseThrow().fields())
        .isEqualTo(Map.of("name", "a", "place", "A", "lock", "safe"));
  }

  @Test
  void anEditTouchesNoOtherObjectAndNoCommentOfOne() throws IOException {
    edit(
        "door",
        """
        # doors of the house
        door:
          # to the street
          - name: a   # first
            place: A

          # to the garden
          - {name: b, place: B}
          # to the cellar
          - name: c
            place: "C"
        # the end
        """);
    await().until(() -> kernel.list().size() == 3);
    events.clear();

    put("door", "b", "place: B2");
    put("door", "bb", "place: BB");
    kernel.delete("door", "c", Condition.NONE);

    assertThat(events).containsExactly("replace b", "open bb", "close c");
    assertThat(stored("door"))
        .isEqualTo(
            """
            # doors of the house
            door:
              # to the street
              - name: a   # first
                place: A

              # to the garden
              - name: b
                place: B2
              - name: bb
                place: BB
            # the end
            """);
    restart();
    assertThat(kernel.list()).hasSize(3);
  }

  @Test
  void aFileThatCantBeCutIsWrittenAnew() throws IOException {
    edit("door", "door: [{name: b, place: B}, {name: a, place: A}] # flow\n");
    await().until(() -> kernel.list().size() == 2);
    put("door", "c", "place: C");
    assertThat(stored("door"))
        .isEqualTo(
            """
            door:
              - name: b
                place: B
              - name: a
                place: A
              - name: c
                place: C
            """);
  }

  @Test
  void handEditsTakeEffectOrAreRefusedInWords() throws IOException {
    put("door", "a", "place: A");
    edit("door", "door:\n  - name: a\n    plac: A\n");
    await()
        .untilAsserted(
            () -> {
              ConfigurationRefusedException refusal = refusedPut("door", "b", "place: B");
              assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
              assertThat(refusal)
                  .hasMessageContaining("door.yaml:2:5: error: missing field `place`");
            });
    assertThat(doors.taken).containsOnlyKeys("A");
    assertThat(stored("door")).contains("plac: A");

    edit("door", "door:\n  - name: a\n    place: A2\n");
    await().until(() -> doors.taken.containsKey("A2"));
    edit("door", "lock: []\n");
    await()
        .untilAsserted(
            () ->
                assertThat(refusedPut("door", "b", "place: B"))
                    .hasMessageContaining("this file is for `door` only"));
    Files.delete(file("door"));
    await().until(() -> kernel.list().isEmpty());
    put("door", "b", "place: B");
  }

  @Test
  void anObjectOfAFileIsReadOnlyUnlessItIsDetached() {
    deploy("/x/serai.yaml", "door: [{name: a, place: A}]");
    assertThat(refusedPut("door", "a", "place: B").reason()).isEqualTo(Reason.CONFLICT);
    assertThat(refusedPut("door", "a", "place: B"))
        .hasMessage("door/a is defined in /x/serai.yaml: change it there");
    assertThat(refused(() -> kernel.delete("door", "a", Condition.NONE)).reason())
        .isEqualTo(Reason.CONFLICT);

    ConfiguredObject detached =
        kernel.put("door", "a", "place: B".getBytes(StandardCharsets.UTF_8), Condition.NONE, true);
    assertThat(detached.info().origin()).isEqualTo("store");
    assertThat(doors.taken).containsOnlyKeys("B");
    assertThat(
            kernel.deploy(
                "/x/serai.yaml", "door: [{name: a, place: C}]".getBytes(StandardCharsets.UTF_8)))
        .singleElement()
        .hasToString(
            "serai.yaml:1:8: warning: door/a has no effect here: it is in the store, which goes"
                + " first");
    assertThat(doors.taken).containsOnlyKeys("B");

    kernel.delete("door", "a", Condition.NONE);
    assertThat(doors.taken).containsOnlyKeys("C");
    assertThat(kernel.find("door", "a").orElseThrow().origin()).isEqualTo("file:/x/serai.yaml");
  }

  @Test
  void conditionsAreKept() {
    String etag = put("door", "a", "place: A").etag();
    Condition is = new Condition(Optional.of(etag), false);
    assertThat(kernel.put("door", "a", "place: B".getBytes(StandardCharsets.UTF_8), is, false))
        .isNotNull();
    assertThat(
            refused(
                    () ->
                        kernel.put(
                            "door", "a", "place: C".getBytes(StandardCharsets.UTF_8), is, false))
                .reason())
        .isEqualTo(Reason.OUTDATED);
    assertThat(refused(() -> kernel.delete("door", "a", is)).reason()).isEqualTo(Reason.OUTDATED);
    Condition absent = new Condition(Optional.empty(), true);
    assertThat(
            refused(
                    () ->
                        kernel.put(
                            "door",
                            "a",
                            "place: C".getBytes(StandardCharsets.UTF_8),
                            absent,
                            false))
                .reason())
        .isEqualTo(Reason.OUTDATED);
    Condition any = new Condition(Optional.of("*"), false);
    assertThat(
            refused(
                    () ->
                        kernel.put(
                            "door", "b", "place: C".getBytes(StandardCharsets.UTF_8), any, false))
                .reason())
        .isEqualTo(Reason.OUTDATED);
    kernel.delete("door", "a", any);
  }

  @Test
  void whatMakesNoSenseIsRefusedWithItsPlaceAndChangesNothing() {
    put("door", "a", "place: A");
    assertThat(refusedPut("door", "a", "{\n  \"plac\": 1\n}").diagnostics())
        .extracting(Object::toString)
        .containsExactly(
            "door/a:1:1: error: missing field `place` of `door`",
            "door/a:2:3: error: unknown field `plac` of `door`; did you mean `place`?");
    assertThat(refusedPut("door", "a", "name: b\nplace: A"))
        .hasMessage("door/a:1:1: error: name: expected `a`, as in the path");
    assertThat(refusedPut("door", "a", "place: A\nlock: none"))
        .hasMessage("door/a:2:7: error: there is no lock/none");
    assertThat(refusedPut("door", "a", "[1]").reason()).isEqualTo(Reason.INVALID);
    assertThat(refusedPut("dor", "a", "place: A"))
        .hasMessage("This server has no kind dor")
        .returns(Reason.UNKNOWN, ConfigurationRefusedException::reason);
    assertThat(refused(() -> kernel.delete("door", "x", Condition.NONE)).reason())
        .isEqualTo(Reason.UNKNOWN);
    assertThat(kernel.read("door", "a").orElseThrow().fields()).containsEntry("place", "A");
  }

  @Test
  void whatOthersReferToStays() {
    put("lock", "l", "{}");
    put("door", "a", "{place: A, lock: l}");
    assertThat(refused(() -> kernel.delete("lock", "l", Condition.NONE)))
        .hasMessage("door/a refers to lock/l")
        .returns(Reason.CONFLICT, ConfigurationRefusedException::reason);
  }

  @Test
  void namesMayHoldAnything() {
    String name = "a b/c: '\"${x}#é";
    put("door", name, "place: A");
    assertThat(kernel.find("door", name)).isPresent();
    put("lock", "l}%", "code: hush");
    assertThat(locks.taken).containsKey("l}%");
    assertThat(locks.taken.get("l}%").code()).isEqualTo("hush");
  }

  @Test
  void aSecretInClearMovesToTheSecretStore() throws IOException {
    ConfiguredObject made = put("lock", "l", "code: hush-hush");
    assertThat(made.fields()).containsEntry("code", "${secret:lock/l/code}");
    assertThat(locks.taken.get("l").code()).isEqualTo("hush-hush");
    assertThat(kernel.names()).containsExactly("lock/l/code");
    assertThat(stored("lock")).contains("code: ${secret:lock/l/code}");
    events.clear();

    put("lock", "l", "code: hush-hush");
    assertThat(events).isEmpty();
    put("lock", "l", "code: other-code");
    assertThat(events).containsExactly("replace l");
    assertThat(locks.taken.get("l").code()).isEqualTo("other-code");
    restart();
    assertThat(locks.taken.get("l").code()).isEqualTo("other-code");
    put("lock", "l", "code: ${CODE}");
    assertThat(locks.taken.get("l").code()).isEqualTo("1234");
    assertThat(kernel.names()).isEmpty();
    put("lock", "l", "code: back-again");
    kernel.delete("lock", "l", Condition.NONE);
    assertThat(kernel.names()).isEmpty();
  }

  @Test
  void aSecretThatIsWrittenByHandMovesToo() throws IOException {
    put("lock", "l", "{}");
    edit("lock", "lock:\n  # mine\n  - name: l\n    code: by-hand\n");
    await().until(() -> kernel.names().contains("lock/l/code"));
    assertThat(stored("lock"))
        .isEqualTo("lock:\n  # mine\n  - name: l\n    code: ${secret:lock/l/code}\n");
    assertThat(locks.taken.get("l").code()).isEqualTo("by-hand");
    edit("lock", "lock:\n  - name: l\n    code: half-${CODE}\n");
    await()
        .untilAsserted(
            () ->
                assertThat(refusedPut("lock", "m", "{}"))
                    .hasMessageContaining("a secret is one clear value"));
  }

  @Test
  void aSecretOfAFileStaysThereAndIsShownToNobody() {
    deploy("/x/serai.yaml", "lock: [{name: l, code: hush-hush}]");
    assertThat(kernel.names()).isEmpty();
    assertThat(kernel.read("lock", "l").orElseThrow().fields())
        .containsEntry("code", "${secret:lock/l/code}");
    assertThat(kernel.export()).doesNotContain("hush");
  }

  @Test
  void anObjectWaitsForItsSecret() {
    ConfiguredObject waiting = put("lock", "l", "code: ${secret:deep}");
    assertThat(waiting.info().state()).isEqualTo(State.WAITING);
    assertThat(waiting.info().reason()).contains("waiting for secret deep");
    kernel.set("deep", "down");
    assertThat(locks.taken.get("l").code()).isEqualTo("down");
    kernel.set("deep", "deeper");
    assertThat(locks.taken.get("l").code()).isEqualTo("deeper");
    assertThat(refused(() -> kernel.delete("deep")))
        .hasMessage("lock/l refers to secret deep")
        .returns(Reason.CONFLICT, ConfigurationRefusedException::reason);
    kernel.rotate();
    put("lock", "l", "{}");
    kernel.delete("deep");
    assertThat(refused(() -> kernel.delete("deep")).reason()).isEqualTo(Reason.UNKNOWN);
    assertThat(refused(() -> kernel.set("a}b", "x")).reason()).isEqualTo(Reason.INVALID);
  }

  @Test
  void whatAKindSaysOfItsSecretIsNotTold() {
    locks.blocked.add("l");
    kernel.set("s", "l");
    ConfiguredObject failed = put("lock", "l", "code: ${secret:s}");
    assertThat(failed.info().state()).isEqualTo(State.FAILED);
    assertThat(failed.info().reason()).contains("*** is b***ocked");
  }

  @Test
  void aKindThatGoesAndComesTakesItsObjectsAlong() {
    put("door", "a", "place: A");
    kernel.kindWent(doors);
    assertThat(doors.taken).isEmpty();
    assertThat(kernel.find("door", "a").orElseThrow().state()).isEqualTo(State.WAITING);
    kernel.kindCame(doors);
    await().until(() -> doors.taken.containsKey("A"));
    put("door", "b", "place: B");
    assertThat(kernel.list()).hasSize(2);
  }
}
