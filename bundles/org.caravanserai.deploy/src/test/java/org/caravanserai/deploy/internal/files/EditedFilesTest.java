package org.caravanserai.deploy.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.caravanserai.deploy.internal.TestServer.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.FileCondition;
import org.caravanserai.deploy.FileRefusedException;
import org.caravanserai.deploy.FileRefusedException.Reason;
import org.caravanserai.deploy.Folder;
import org.caravanserai.deploy.FolderFile;
import org.caravanserai.deploy.SaveResult;
import org.caravanserai.deploy.SaveResult.Outdated;
import org.caravanserai.deploy.SaveResult.Rejected;
import org.caravanserai.deploy.SaveResult.Saved;
import org.caravanserai.deploy.internal.TestServer;
import org.caravanserai.deploy.internal.watch.FolderWatch;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.WatchedFileType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditedFilesTest {

  private static final FileCondition NEW = new FileCondition(Optional.empty(), true);

  @TempDir Path data;
  private Path dir;
  private TestServer server;
  private FolderWatch watch;
  private EditedFiles files;

  @BeforeEach
  void start() {
    dir = data.resolve("deploy");
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    watch =
        new FolderWatch(
            List.of(dir, data.resolve("second/deploy")),
            new FolderWatch.Times(
                Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(300)),
            100_000,
            server.engine());
    watch.add(server.libraries());
    watch.add(new Words());
    watch.start();
    files = new EditedFiles(server.engine(), watch, server.compiler());
    await().until(() -> server.engine().restored() && watch.settled());
  }

  @AfterEach
  void stop() {
    watch.close();
    server.close();
  }

  /** Takes files of words of which none is "wrong". */
  private static final class Words implements WatchedFileType {
    private volatile String now = "";

    @Override
    public boolean accepts(Path file) {
      return file.toString().endsWith(".words");
    }

    @Override
    public List<Diagnostic> check(String path, byte[] content) {
      return text(content).contains("wrong")
          ? List.of(Diagnostic.error("x.words", 1, 2, "no such word"))
          : List.of();
    }

    @Override
    public List<Diagnostic> deploy(String path, byte[] content) {
      List<Diagnostic> found = check(path, content);
      now = found.isEmpty() ? text(content) : now;
      return found;
    }

    @Override
    public void undeploy(String path) {
      now = "";
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private SaveResult save(String path, String text, FileCondition condition) throws Exception {
    return files.save(path, text.getBytes(StandardCharsets.UTF_8), condition, false, false);
  }

  private SaveResult check(String path, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return files.save(path, bytes, FileCondition.ANY, true, false);
  }

  private FileCondition seen(String path) throws Exception {
    return new FileCondition(Optional.of(files.read(path).etag()), false);
  }

  private DeploymentInfo info(String name) {
    return server.engine().find(name).orElseThrow();
  }

  private FolderFile file(String path) {
    return files.list().stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
  }

  @Test
  void namesTheFolders() {
    assertThat(files.folders())
        .containsExactly(new Folder("deploy", true), new Folder("deploy-2", true));
  }

  @Test
  void makesWhatIsSavedLiveAndWritesIt() throws Exception {
    Saved saved = (Saved) save("deploy/a/hello.java", source("hello", "1"), NEW);
    assertThat(saved.status()).isEqualTo("live");
    assertThat(saved.created()).isTrue();
    assertThat(saved.deployment()).contains("hello");
    assertThat(saved.revision()).contains(1);
    assertThat(saved.services()).containsExactly("hello");
    assertThat(server.call("hello", "x")).isEqualTo("1 x");
    assertThat(dir.resolve("a/hello.java")).hasContent(source("hello", "1"));
    assertThat(info("hello").source()).isEqualTo("same");
    assertThat(saved.etag()).isEqualTo(files.read("deploy/a/hello.java").etag());
    FolderFile listed = file("deploy/a/hello.java");
    assertThat(listed.type()).isEqualTo("java");
    assertThat(listed.state()).contains("live");
    assertThat(listed.revision()).contains(1);
    assertThat(listed.etag()).isEqualTo(saved.etag());
    assertThat(listed.differs()).isFalse();
  }

  @Test
  void doesNotDeployWhatItWroteASecondTime() throws Exception {
    save("deploy/hello.java", source("hello", "1"), NEW);
    save("deploy/hello.java", source("hello", "2"), seen("deploy/hello.java"));
    // What comes after it in the folder has been looked at after it.
    Files.writeString(dir.resolve("later.java"), source("later", "1"));
    await().until(() -> server.services().has("later"));
    assertThat(info("hello").revisions()).containsExactly(1, 2);
    assertThat(server.call("hello", "x")).isEqualTo("2 x");
    assertThat(
            ((Saved) save("deploy/hello.java", source("hello", "2"), FileCondition.ANY)).status())
        .isEqualTo("unchanged");
  }

  @Test
  void leavesFileAndServiceAloneWhenItIsRefused() throws Exception {
    save("deploy/hello.java", source("hello", "1"), NEW);
    Rejected rejected =
        (Rejected) save("deploy/hello.java", "public class {", seen("deploy/hello.java"));
    assertThat(rejected.stage()).isEqualTo("compile");
    assertThat(rejected.diagnostics().get(0).line()).isEqualTo(1);
    assertThat(files.read("deploy/hello.java").text()).isEqualTo(source("hello", "1"));
    assertThat(server.call("hello", "x")).isEqualTo("1 x");
    assertThat(save("deploy/new.java", "public class {", NEW)).isInstanceOf(Rejected.class);
    assertThat(dir.resolve("new.java")).doesNotExist();
    assertThat(server.engine().find("new")).isEmpty();
  }

  @Test
  void savesAFileThatWasRefusedBefore() throws Exception {
    Files.writeString(dir.resolve("hello.java"), "no Java");
    await().until(() -> server.engine().find("hello").isPresent());
    assertThat(file("deploy/hello.java").state()).contains("rejected");
    assertThat(file("deploy/hello.java").diagnostics()).isNotEmpty();
    save("deploy/hello.java", source("hello", "1"), seen("deploy/hello.java"));
    assertThat(server.call("hello", "x")).isEqualTo("1 x");
    assertThat(file("deploy/hello.java").diagnostics()).isEmpty();
  }

  @Test
  void refusesAChangeOfWhatAnotherOneHasChanged() throws Exception {
    save("deploy/hello.java", source("hello", "1"), NEW);
    FileCondition seen = seen("deploy/hello.java");
    save("deploy/hello.java", source("hello", "2"), seen);
    Outdated outdated = (Outdated) save("deploy/hello.java", source("hello", "3"), seen);
    assertThat(outdated.now().orElseThrow().text()).isEqualTo(source("hello", "2"));
    assertThat(save("deploy/hello.java", source("hello", "3"), NEW)).isInstanceOf(Outdated.class);
    assertThat(files.delete("deploy/hello.java", seen)).isInstanceOf(Outdated.class);
    assertThat(files.rename("deploy/hello.java", "deploy/b.java", seen))
        .isInstanceOf(Outdated.class);
    assertThat(server.call("hello", "x")).isEqualTo("2 x");
  }

  @Test
  void losesNoneOfTwoEditsAtOnce() throws Exception {
    save("deploy/hello.java", source("hello", "0"), NEW);
    for (int round = 0; round < 5; round++) {
      FileCondition seen = seen("deploy/hello.java");
      String one = source("hello", round + " one");
      String two = source("hello", round + " two");
      CompletableFuture<SaveResult> first =
          CompletableFuture.supplyAsync(() -> saved("deploy/hello.java", one, seen));
      CompletableFuture<SaveResult> second =
          CompletableFuture.supplyAsync(() -> saved("deploy/hello.java", two, seen));
      assertThat(List.of(first.get(), second.get()))
          .hasAtLeastOneElementOfType(Saved.class)
          .hasAtLeastOneElementOfType(Outdated.class);
    }
  }

  private SaveResult saved(String path, String text, FileCondition condition) {
    try {
      return save(path, text, condition);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void looksWhetherASourceCompilesAndRunsNothingOfIt() throws Exception {
    save("deploy/hello.java", source("hello", "1"), NEW);
    Rejected rejected = (Rejected) check("deploy/hello.java", "class A { int x = y; }");
    assertThat(rejected.diagnostics()).hasSize(1);
    Saved well =
        (Saved)
            check("deploy/hello.java", "class A { static { System.setProperty(\"q\", \"\"); } }");
    assertThat(well.status()).isEqualTo("would-compile");
    assertThat(System.getProperty("q")).isNull();
    assertThat(info("hello").rejected()).isEmpty();
    assertThat(info("hello").revisions()).containsExactly(1);
  }

  @Test
  void keepsServingUnderAnotherName() throws Exception {
    save("deploy/hello.java", source("hello", "1"), NEW);
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    CompletableFuture<Void> caller =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                assertThat(server.call("hello", "x")).isEqualTo("1 x");
                calls.incrementAndGet();
              }
            });
    String path = "deploy/hello.java";
    for (int i = 0; i < 10; i++) {
      long before = calls.get();
      String to = "deploy/" + i + "/name" + i + ".java";
      Saved saved = (Saved) files.rename(path, to, seen(path));
      assertThat(saved.status()).isEqualTo("live");
      assertThat(saved.deployment()).contains("name" + i);
      path = to;
      await().until(() -> calls.get() > before || caller.isDone());
    }
    done.set(true);
    caller.get();
    assertThat(server.engine().list()).extracting(DeploymentInfo::name).containsExactly("name9");
    assertThat(files.list()).extracting(FolderFile::path).containsExactly("deploy/9/name9.java");
    assertThat(file(path).differs()).isFalse();
    Files.writeString(dir.resolve("later.java"), source("later", "1"));
    await().until(() -> server.services().has("later"));
    await().until(() -> server.bundles().size() == 2);
    assertThat(server.call("hello", "x")).isEqualTo("1 x");
    assertThat(info("name9").revisions()).containsExactly(1);
  }

  @Test
  void movesAFileToAnotherFolderWithoutANewRevision() throws Exception {
    save("deploy/hello.java", source("hello", "1"), NEW);
    Saved saved =
        (Saved) files.rename("deploy/hello.java", "deploy-2/hello.java", FileCondition.ANY);
    assertThat(saved.status()).isEqualTo("unchanged");
    assertThat(files.list()).extracting(FolderFile::path).containsExactly("deploy-2/hello.java");
    assertThat(info("hello").revisions()).containsExactly(1);
    assertThat(file("deploy-2/hello.java").state()).contains("live");
  }

  @Test
  void renamesWhatIsNotLive() throws Exception {
    Files.writeString(dir.resolve("hello.java"), "no Java");
    await().until(() -> server.engine().find("hello").isPresent());
    files.rename("deploy/hello.java", "deploy/other.java", FileCondition.ANY);
    assertThat(server.engine().list()).extracting(DeploymentInfo::name).containsExactly("other");
    assertThat(dir.resolve("hello.java")).doesNotExist();
  }

  @Test
  void doesNotRenameOntoOthers() throws Exception {
    save("deploy/one.java", source("one", "1"), NEW);
    save("deploy/two.java", source("two", "1"), NEW);
    server.deploy("three", source("three", "1"));
    for (String to :
        List.of(
            "deploy/two.java",
            "deploy/a/two.java",
            "deploy/three.java",
            "deploy/one.txt",
            "deploy/one.words")) {
      assertThatThrownBy(() -> files.rename("deploy/one.java", to, FileCondition.ANY))
          .as(to)
          .isInstanceOfSatisfying(
              FileRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
    }
    assertThat(server.call("one", "x")).isEqualTo("1 x");
  }

  @Test
  void endsADeploymentWithItsFile() throws Exception {
    save("deploy/hello.java", source("hello", "1"), NEW);
    assertThat(((Saved) files.delete("deploy/hello.java", seen("deploy/hello.java"))).status())
        .isEqualTo("deleted");
    assertThat(dir.resolve("hello.java")).doesNotExist();
    assertThat(server.services().has("hello")).isFalse();
    assertThat(server.engine().list()).isEmpty();
    assertThat(files.list()).isEmpty();
    Files.writeString(dir.resolve("bad.java"), "no Java");
    await().until(() -> server.engine().find("bad").isPresent());
    files.delete("deploy/bad.java", FileCondition.ANY);
    assertThat(server.engine().list()).isEmpty();
    assertThat(dir.resolve("bad.java")).doesNotExist();
  }

  @Test
  void savesAFileOfAFolderOfSources() throws Exception {
    Files.createDirectories(dir.resolve("orders/src"));
    Files.writeString(dir.resolve("orders/src/Answer.java"), source("orders", "1"));
    await().until(() -> server.services().has("orders"));
    String path = "deploy/orders/src/Answer.java";
    assertThat(file(path).deployment()).contains("orders");
    Saved saved = (Saved) save(path, source("orders", "2"), seen(path));
    assertThat(saved.revision()).contains(2);
    assertThat(server.call("orders", "x")).isEqualTo("2 x");
    assertThat(save(path, "class {", FileCondition.ANY)).isInstanceOf(Rejected.class);
    assertThat(check(path, "class {")).isInstanceOf(Rejected.class);
    assertThat(dir.resolve("orders/src/Answer.java")).hasContent(source("orders", "2"));
    save("deploy/orders/src/More.java", "class More {}", NEW);
    files.rename("deploy/orders/src/More.java", "deploy/orders/src/Less.java", FileCondition.ANY);
    assertThat(dir.resolve("orders/src/More.java")).doesNotExist();
    files.delete("deploy/orders/src/Less.java", FileCondition.ANY);
    assertThat(files.list()).extracting(FolderFile::path).containsExactly(path);
    Files.writeString(dir.resolve("later.java"), source("later", "1"));
    await().until(() -> server.services().has("later"));
    assertThat(info("orders").source()).isEqualTo("same");
    assertThat(info("orders").rejected()).isEmpty();
    assertThat(server.call("orders", "x")).isEqualTo("2 x");
  }

  @Test
  void appliesOtherFilesOnceTheyAreFoundRight() throws Exception {
    Saved saved = (Saved) save("deploy/x.words", "right", NEW);
    assertThat(saved.status()).isEqualTo("applied");
    assertThat(file("deploy/x.words").state()).contains("applied");
    assertThat(file("deploy/x.words").type()).isEqualTo("configuration");
    FileCondition seen = seen("deploy/x.words");
    Rejected rejected = (Rejected) save("deploy/x.words", "wrong", seen);
    assertThat(rejected.diagnostics().get(0).column()).isEqualTo(2);
    assertThat(check("deploy/x.words", "wrong")).isInstanceOf(Rejected.class);
    assertThat(((Saved) check("deploy/x.words", "other")).status()).isEqualTo("would-be-applied");
    assertThat(files.read("deploy/x.words").text()).isEqualTo("right");
    save("deploy/x.words", "better", seen);
    assertThat(save("deploy/x.words", "worse", seen)).isInstanceOf(Outdated.class);
    files.rename("deploy/x.words", "deploy/y.words", FileCondition.ANY);
    assertThat(file("deploy/y.words").state()).contains("applied");
    files.delete("deploy/y.words", FileCondition.ANY);
    assertThat(files.list()).isEmpty();
    assertThat(((Saved) save("deploy/notes.txt", "note", NEW)).status()).isEqualTo("saved");
    assertThat(file("deploy/notes.txt").type()).isEqualTo("other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello.java",
        "deploy",
        "deploy/",
        "elsewhere/hello.java",
        "/etc/passwd",
        "deploy//hello.java",
        "deploy/../hello.java",
        "deploy/a/../../hello.java",
        "deploy/./hello.java",
        "deploy/.hidden/hello.java",
        "deploy/.hello.java",
        "deploy/hello.java~",
        "deploy/hello.java.tmp",
        "deploy/a\\b.java",
        "deploy/a\u0000b.java",
        "deploy/a\nb.java",
        "deploy/ hello.java",
        "deploy/link/hello.java",
        "deploy/out.java",
        "deploy/nowhere.java",
      })
  void leadsNowhereElse(String path) throws Exception {
    Path outside = Files.createDirectories(data.resolve("outside"));
    Files.writeString(outside.resolve("out.java"), "x");
    Files.createSymbolicLink(dir.resolve("link"), outside);
    Files.createSymbolicLink(dir.resolve("out.java"), outside.resolve("out.java"));
    Files.createSymbolicLink(dir.resolve("nowhere.java"), outside.resolve("nowhere.java"));
    assertThatThrownBy(() -> files.read(path))
        .isInstanceOfSatisfying(
            FileRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PATH));
    assertThatThrownBy(() -> save(path, "class A {}", FileCondition.ANY))
        .isInstanceOf(FileRefusedException.class);
    assertThat(files.list()).isEmpty();
  }

  @Test
  void takesTextsOnly() throws Exception {
    Files.write(dir.resolve("x.txt"), new byte[] {1, 0, 2});
    Files.write(dir.resolve("y.txt"), new byte[] {(byte) 0xff});
    for (String each : List.of("deploy/x.txt", "deploy/y.txt")) {
      assertThatThrownBy(() -> files.read(each))
          .isInstanceOfSatisfying(
              FileRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_TEXT));
    }
    for (String each : List.of("deploy/x.jar", "deploy/lib/x.jar", "deploy/x.zip")) {
      assertThatThrownBy(() -> save(each, "PK", FileCondition.ANY))
          .isInstanceOfSatisfying(
              FileRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_TEXT));
    }
    assertThatThrownBy(() -> files.read("deploy/none.txt"))
        .isInstanceOfSatisfying(
            FileRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING));
    assertThatThrownBy(() -> save("deploy/large.txt", "x".repeat(100_001), FileCondition.ANY))
        .isInstanceOfSatisfying(
            FileRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }
}
