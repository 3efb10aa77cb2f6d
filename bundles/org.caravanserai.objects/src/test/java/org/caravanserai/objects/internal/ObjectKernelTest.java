package org.caravanserai.objects.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectInfo.State;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectKernelTest {

  private static final String FILE = "/etc/serai.yaml";
  private static final String OTHER = "/etc/serai-more.yaml";

  private final List<String> events = TestKind.events();
  private final TestKind<Lock> locks = TestKind.locks(events);
  private final TestKind<Door> doors = TestKind.doors(events);
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private ObjectKernel kernel;

  @BeforeEach
  void start(@TempDir Path data) throws IOException {
    kernel =
        new ObjectKernel(
            TestStorage.settings(Set.of()),
            Map.of("PLACE", "north")::get,
            path -> !gone.contains(path),
            TestStorage.open(data));
  }

  @AfterEach
  void nothingIsLeftOpen() {
    kernel.close();
    assertThat(doors.taken).isEmpty();
    assertThat(locks.taken).isEmpty();
  }

  private void bothKinds() {
    kernel.kindCame(doors);
    kernel.kindCame(locks);
  }

  private List<Diagnostic> deploy(String path, String yaml) {
    return kernel.deploy(path, yaml.getBytes(StandardCharsets.UTF_8));
  }

  private void deployed(String path, String yaml) {
    assertThat(deploy(path, yaml)).isEmpty();
  }

  private ObjectInfo info(String kind, String name) {
    return kernel.find(kind, name).orElseThrow();
  }

  private void settled() {
    await().until(() -> kernel.reason().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "serai.yaml,true",
    "serai-1.yml,true",
    "seraiX.yaml,true",
    "serai.yaml.bak,false",
    "other.yaml,false",
    "my-serai.yaml,false",
    ".serai.yaml,false"
  })
  void knowsItsFiles(String name, boolean accepted) {
    assertThat(kernel.accepts(Path.of(name))).isEqualTo(accepted);
  }

  @Test
  void tellsAnObjectThatItIsRemovedOnlyWhenItLeavesTheConfiguration() {
    bothKinds();
    deployed(FILE, "lock:\n  - name: safe\n  - name: chest\n  - name: vault\n");
    deployed(FILE, "lock:\n  - {name: safe, is_active: false}\n  - name: vault\n");
    assertThat(locks.removed).containsExactly("chest");

    kernel.kindWent(locks);
    assertThat(locks.taken).isEmpty();
    assertThat(locks.removed).containsExactly("chest");
  }

  @Test
  void opensWhatAFileSaysReferencedKindsFirst() {
    bothKinds();
    deployed(
        FILE,
        """
        door:
          - {name: front, place: "${PLACE}", lock: safe}
        lock:
          - name: safe
        """);

    assertThat(events).containsExactly("open safe", "open front");
    assertThat(doors.taken.get("north"))
        .isEqualTo(new Door("front", true, "north", Optional.of("safe")));
    assertThat(kernel.list())
        .containsExactly(
            new ObjectInfo(
                "door", "front", "file:" + FILE, State.OPEN, Optional.empty(), List.of()),
            new ObjectInfo(
                "lock", "safe", "file:" + FILE, State.OPEN, Optional.empty(), List.of()));
  }

  @Test
  void touchesOnlyWhatAChangedFileChanges() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}, {name: b, place: B}, {name: c, place: C}]");
    events.clear();
    deployed(
        FILE,
        "# said differently\ndoor: [{name: d, place: D}, {place: B2, name: b}, {name: a, place: A}]");

    assertThat(events).containsExactly("close c", "replace b", "open d");
    assertThat(doors.taken).containsOnlyKeys("A", "B2", "D");
  }

  @Test
  void aFileThatIsGoneTakesItsObjectsAlongReferrersFirst() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A, lock: l}]\nlock: [{name: l}]");
    events.clear();
    kernel.undeploy(FILE);

    assertThat(events).containsExactly("close a", "close l");
    assertThat(kernel.list()).isEmpty();
  }

  @Test
  void withAnErrorNothingOfAFileTakesEffect() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}]");
    events.clear();

    List<Diagnostic> found =
        deploy(FILE, "door:\n  - {name: b, place: B}\n  - name: c\n    plac: C\n");

    assertThat(found)
        .extracting(Diagnostic::toString)
        .containsExactly(
            "serai.yaml:3:5: error: missing field `place` of `door`",
            "serai.yaml:4:5: error: unknown field `plac` of `door`; did you mean `place`?");
    assertThat(events).isEmpty();
    assertThat(kernel.list()).extracting(ObjectInfo::name).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "door: [{name: a, place: A}, {name: a, place: B}] | 1 | 29 | duplicate name: door/a stands "
            + "in line 1 already",
        "dor: [{name: a}] | 1 | 1 | unknown kind `dor`; did you mean `door`?",
        "door: {name: a} | 1 | 7 | door: expected a list of mappings, found a mapping",
        "door: [a] | 1 | 8 | door: expected a mapping, found `a`",
        "door: [{name: a, place: x}, {place: y}] | 1 | 29 | missing field `name` of `door`",
      })
  void saysWhatIsWrongAndWhere(String yaml, int line, int column, String message) {
    bothKinds();
    assertThat(deploy(FILE, yaml))
        .containsExactly(Diagnostic.error("serai.yaml", line, column, message));
    assertThat(kernel.list()).isEmpty();
  }

  @Test
  void aNullListIsAnEmptyOne() {
    bothKinds();
    deployed(FILE, "door:\nlock: []\n");
  }

  @Test
  void anObjectHasOneFile() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}]");

    assertThat(deploy(OTHER, "door:\n  - {name: b, place: B}\n  - {name: a, place: C}\n"))
        .containsExactly(
            Diagnostic.error("serai-more.yaml", 3, 5, "door/a is defined in " + FILE + " already"));
    assertThat(events).containsExactly("open a");
  }

  @Test
  void aRefusedFileTakesEffectOnceTheOtherGivesUpTheObject() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}, {name: b, place: B}]");
    deploy(OTHER, "door: [{name: a, place: A2}]");
    deployed(FILE, "door: [{name: b, place: B}]");

    assertThat(info("door", "a").origin()).isEqualTo("file:" + OTHER);
    assertThat(doors.taken).containsOnlyKeys("A2", "B");
  }

  @Test
  void aRenamedFileInterruptsNothing() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}]");
    gone.add(FILE);
    deployed(OTHER, "door: [{name: a, place: A}]");
    kernel.undeploy(FILE);

    assertThat(events).containsExactly("open a");
    assertThat(info("door", "a").origin()).isEqualTo("file:" + OTHER);
  }

  @Test
  void waitsForWhatItRefersTo() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A, lock: l}]");
    assertThat(info("door", "a").state()).isEqualTo(State.WAITING);
    assertThat(info("door", "a").reason()).contains("waiting for lock/l");

    deployed(OTHER, "lock: [{name: l}]");
    assertThat(events).containsExactly("open l", "open a");
    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
    assertThat(info("door", "a").reason()).isEmpty();
  }

  @Test
  void goesOnWithoutWhatItRefersToAndSaysSo() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A, lock: l}]");
    deployed(OTHER, "lock: [{name: l}]");
    kernel.undeploy(OTHER);

    assertThat(events).containsExactly("open l", "open a", "close l");
    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
    assertThat(info("door", "a").reason()).contains("missing lock/l");
  }

  @Test
  void aChangedReferenceTakesEffectEvenIfNothingIsThere() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}]");
    deployed(FILE, "door: [{name: a, place: A, lock: l}]");

    assertThat(doors.taken.get("A").lock()).contains("l");
    assertThat(info("door", "a").reason()).contains("missing lock/l");
  }

  @Test
  void inactiveObjectsAreNotOpenButThere() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A, lock: l}]\nlock: [{name: l, is_active: false}]");
    assertThat(info("lock", "l").state()).isEqualTo(State.INACTIVE);
    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
    assertThat(events).containsExactly("open a");

    deployed(FILE, "door: [{name: a, place: A, lock: l}]\nlock: [{name: l}]");
    deployed(FILE, "door: [{name: a, place: A, is_active: false, lock: l}]\nlock: [{name: l}]");
    assertThat(events).containsExactly("open a", "open l", "close a");
  }

  @Test
  void whatFailsIsTriedAgain() {
    bothKinds();
    doors.blocked.add("A");
    deployed(FILE, "door: [{name: a, place: A}]");
    assertThat(info("door", "a").state()).isEqualTo(State.FAILED);
    assertThat(info("door", "a").reason()).contains("A is blocked");
    assertThat(kernel.reason()).isEmpty();

    doors.blocked.clear();
    await().until(() -> info("door", "a").state() == State.OPEN);
    assertThat(info("door", "a").reason()).isEmpty();
    assertThat(events).containsExactly("open a");
  }

  @Test
  void whatWaitsForSomethingThatFailsOpensAfterIt() {
    bothKinds();
    locks.blocked.add("l");
    deployed(FILE, "door: [{name: a, place: A, lock: l}]\nlock: [{name: l}]");
    assertThat(info("door", "a").reason()).contains("waiting for lock/l");

    locks.blocked.clear();
    await().until(() -> info("door", "a").state() == State.OPEN);
    assertThat(events).containsExactly("open l", "open a");
  }

  @Test
  void aChangeThatFailsLeavesItAsItIsAndIsTriedAgain() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}]");
    doors.blocked.add("B");
    deployed(FILE, "door: [{name: a, place: B}]");
    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
    assertThat(info("door", "a").reason()).contains("the change is not in effect: B is blocked");
    assertThat(doors.taken).containsOnlyKeys("A");

    doors.blocked.clear();
    await().until(() -> doors.taken.containsKey("B"));
    await().until(() -> info("door", "a").reason().isEmpty());
    assertThat(doors.taken).containsOnlyKeys("B");
  }

  @Test
  void takingAFailedChangeBackEndsIt() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}]");
    doors.blocked.add("B");
    deployed(FILE, "door: [{name: a, place: B}]");
    deployed(FILE, "door: [{name: a, place: A}]");

    assertThat(info("door", "a").reason()).isEmpty();
    assertThat(events).containsExactly("open a");
  }

  @Test
  void whatAnotherObjectGivesUpInTheSameFileIsFree() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}, {name: b, place: B}]");
    deployed(FILE, "door: [{name: a, place: B}, {name: b, place: C}]");

    assertThat(doors.taken).containsOnlyKeys("B", "C");
    assertThat(kernel.list()).allMatch(object -> object.reason().isEmpty());
  }

  @Test
  void waitsForASecret() {
    bothKinds();
    deployed(FILE, "lock: [{name: l, code: '${secret:lock/l/code}'}]");

    assertThat(info("lock", "l").state()).isEqualTo(State.WAITING);
    assertThat(info("lock", "l").reason()).contains("waiting for secret lock/l/code");
    assertThat(events).isEmpty();
  }

  @Test
  void aChangeThatWaitsForASecretLeavesItAsItIs() {
    bothKinds();
    deployed(FILE, "lock: [{name: l, code: '1'}]");
    deployed(FILE, "lock: [{name: l, code: '${secret:s}'}]");

    assertThat(info("lock", "l").reason())
        .contains("the change is not in effect: waiting for secret s");
    assertThat(locks.taken.get("l").code()).isEqualTo("1");
  }

  @Test
  void aKindOfZatoThatNobodyTakesCareOfIsAWarning() {
    bothKinds();
    assertThat(
            deploy(
                FILE,
                "include: []\npubsub_permission: [{security: s}]\ndoor: [{name: a, place: A}]"
                    + "\nldap: [{name: l, server_list: x}]"))
        .extracting(Diagnostic::toString)
        .containsExactly(
            "serai.yaml:2:1: warning: this server does not support `pubsub_permission` (yet): its objects"
                + " wait until it does",
            "serai.yaml:4:1: warning: this server does not support `ldap` (yet): its objects wait until it"
                + " does");
    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
    assertThat(info("ldap", "l").state()).isEqualTo(State.WAITING);
    assertThat(info("ldap", "l").reason()).contains("waiting for kind ldap");
  }

  @Test
  void aKindThatComesLaterOpensWhatWaitsForIt() {
    TestKind<Lock> sql = new TestKind<>("sql", Lock.class, Lock::name, events);
    deploy(FILE, "sql: [{name: db}]");
    kernel.kindCame(sql);

    await().until(() -> info("sql", "db").state() == State.OPEN);
    kernel.undeploy(FILE);
    assertThat(events).containsExactly("open db", "close db");
  }

  @Test
  void aKindThatNobodyKnewLetsARefusedFileTakeEffect() {
    assertThat(deploy(FILE, "door: [{name: a, place: A}]"))
        .containsExactly(Diagnostic.error("serai.yaml", 1, 1, "unknown kind `door`"));
    kernel.kindCame(doors);

    await().until(() -> kernel.find("door", "a").isPresent());
    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
  }

  @Test
  void whatAKindThatComesLaterDoesNotTakeHasFailed() {
    TestKind<Lock> sql = new TestKind<>("sql", Lock.class, Lock::name, events);
    deploy(FILE, "sql: [{name: db, pool: 1}]");
    kernel.kindCame(sql);

    await().until(() -> info("sql", "db").state() == State.FAILED);
    assertThat(info("sql", "db").reason())
        .contains("serai.yaml:1:18: error: unknown field `pool` of `sql`");
    deployed(FILE, "sql: [{name: db}]");
    assertThat(info("sql", "db").state()).isEqualTo(State.OPEN);
  }

  @Test
  void aKindThatGoesClosesItsObjectsAndOneThatComesBackOpensThem() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A, lock: l}]\nlock: [{name: l}]");
    events.clear();

    kernel.kindWent(locks);
    assertThat(events).containsExactly("close l");
    assertThat(info("lock", "l").state()).isNotEqualTo(State.OPEN);
    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
    assertThat(info("door", "a").reason()).contains("missing lock/l");

    kernel.kindCame(locks);
    await().until(() -> info("lock", "l").state() == State.OPEN);
    assertThat(info("door", "a").reason()).isEmpty();
    assertThat(events).containsExactly("close l", "open l");
  }

  @Test
  void aBrokenSaveDoesNotKeepAKindThatComesBackFromOpening() {
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}]");
    assertThat(deploy(FILE, "door: [{name: a}]")).hasSize(1);
    kernel.kindWent(doors);
    kernel.kindCame(doors);
    settled();

    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
  }

  @Test
  void theSecondKindOfAnameWaitsForTheFirstToGo() {
    bothKinds();
    TestKind<Door> more = TestKind.doors(events);
    kernel.kindCame(more);
    deployed(FILE, "door: [{name: a, place: A}]");
    assertThat(doors.taken).containsKey("A");

    kernel.kindWent(doors);
    await().until(() -> more.taken.containsKey("A"));
    assertThat(doors.taken).isEmpty();
    kernel.kindWent(more);
    assertThat(more.taken).isEmpty();
  }

  record Unusable(int name) {}

  @Test
  void aKindWhoseRecordCantBeReadHurtsNobody() {
    kernel.kindCame(new TestKind<>("unusable", Unusable.class, Object::toString, events));
    bothKinds();
    deployed(FILE, "door: [{name: a, place: A}]");
    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
  }

  @Test
  void anErrorOfAKindHurtsOnlyItsObject() {
    bothKinds();
    kernel.kindCame(
        new ObjectKind<Lock>() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Class<Lock> type() {
            return Lock.class;
          }

          @Override
          public LiveObject<Lock> open(Lock object) {
            throw new NoClassDefFoundError("org/example/Missing");
          }
        });
    deployed(FILE, "door: [{name: a, place: A}]\nbroken: [{name: b}]");

    assertThat(info("door", "a").state()).isEqualTo(State.OPEN);
    assertThat(info("broken", "b").reason()).contains("org/example/Missing");
  }

  @Test
  void isNotReadyWhileTheObjectsOfAKindThatCameAreOpening() throws InterruptedException {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    TestKind<Lock> sql =
        new TestKind<>(
            "sql",
            Lock.class,
            lock -> {
              opening.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return lock.name();
            },
            events);
    deploy(FILE, "sql: [{name: db}]");
    assertThat(kernel.name()).isEqualTo("objects");
    assertThat(kernel.reason()).isEmpty();
    kernel.kindCame(sql);
    opening.await();

    assertThat(kernel.reason()).contains("objects of 1 kinds are being opened");
    goOn.countDown();
    settled();
    assertThat(info("sql", "db").state()).isEqualTo(State.OPEN);
  }

  @Test
  void isNotReadyBeforeTheRequiredKindsAreThere(@TempDir Path data) throws IOException {
    ObjectKernel strict =
        new ObjectKernel(
            TestStorage.settings(Set.of("door", "lock")),
            name -> null,
            path -> true,
            TestStorage.open(data.resolve("strict")));
    assertThat(strict.reason()).contains("kind door is not there yet");
    strict.kindCame(doors);
    await().until(() -> strict.reason().equals(Optional.of("kind lock is not there yet")));
    strict.kindCame(locks);
    await().until(() -> strict.reason().isEmpty());

    strict.kindWent(doors);
    assertThat(strict.reason()).contains("kind door is not there yet");
    strict.close();
  }

  @Test
  void noSecretIsInWhatItTells() {
    bothKinds();
    deploy(FILE, "lock: [{name: l, code: hush-hush}]");
    assertThat(kernel.list().toString()).doesNotContain("hush");
  }
}
