package org.caravanserai.deploy.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.caravanserai.deploy.internal.TestServer.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.WatchedFile;
import org.caravanserai.deploy.internal.TestServer;
import org.caravanserai.deploy.internal.compile.Zip;
import org.caravanserai.deploy.internal.library.Jars;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.WatchedFileType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderWatchTest {

  private static final int MAX_SIZE = 100_000;

  private static final String PRICES =
      "package com.acme; class Prices { static int of(String article) { return 7; } }";

  @TempDir Path data;
  private Path dir;
  private Path second;
  private TestServer server;
  private FolderWatch watch;
  private boolean holds;

  @BeforeEach
  void start() {
    dir = data.resolve("deploy");
    second = data.resolve("deploy2");
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    watch();
  }

  private void watch() {
    watch =
        new FolderWatch(
            List.of(dir, second),
            new FolderWatch.Times(
                Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofMillis(300)),
            MAX_SIZE,
            server.engine());
    watch.add(server.libraries());
    watch.hold(holds);
    watch.start();
    await().until(() -> server.engine().restored() && watch.settled());
  }

  @AfterEach
  void stop() {
    watch.close();
    server.close();
  }

  @Test
  void deploysWhatIsPutIntoAFolderAndWhatIsChangedThere() throws Exception {
    Path file = write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    write("hello.java", source("hello", "2"));
    awaitAnswer("hello", "2 x");
    awaitRevision("hello", 2);
    DeploymentInfo info = info("hello");
    assertThat(info.origin()).contains(file.toString());
    assertThat(info.source()).isEqualTo("same");
  }

  @Test
  void leavesTheFileAloneWhoseSourceIsCompiledAnew() throws Exception {
    Path file = write("hello.java", source("hello", "1"));
    write("orders/src/Answer.java", source("orders", "1"));
    awaitAnswer("hello", "1 x");
    awaitAnswer("orders", "1 x");
    FileTime written = Files.getLastModifiedTime(file);
    assertThat(server.engine().redeploy("hello")).isInstanceOf(Live.class);
    assertThat(server.engine().redeploy("orders")).isInstanceOf(Live.class);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    assertThat(info("hello").revision()).isEqualTo(2);
    assertThat(info("hello").source()).isEqualTo("same");
    assertThat(info("orders").source()).isEqualTo("same");
  }

  @Test
  void takesASourceThatWasRefusedOnceItsLibraryComes() throws Exception {
    write("hello.java", Jars.usesLib("hello"));
    await().until(() -> server.engine().find("hello").isPresent());
    assertThat(info("hello").status()).isEqualTo("rejected");
    write("lib/lib-1.0.jar", Jars.plain(Jars.lib("1.0")));
    awaitAnswer("hello", "1.0");
    assertThat(info("hello").status()).isEqualTo("live");
    assertThat(watch.files()).extracting(WatchedFile::status).containsExactly("applied");
  }

  @Test
  void takesALibraryThatWasRefusedOnceAnotherComes() throws Exception {
    byte[] other = Jars.plain(Jars.lib("1.0"));
    write(
        "lib/b.jar",
        Jars.bundle(
            "b",
            "1.0.0",
            Map.of("Export-Package", "lib.b", "Import-Package", "lib.a"),
            "package lib.b; public class B { lib.a.Lib lib; }",
            other));
    await().until(() -> watch.files().size() == 1);
    assertThat(watch.files().get(0).status()).isEqualTo("rejected");
    assertThat(watch.files().get(0).diagnostics().get(0).message()).contains("lib.a is missing");
    write("lib/z-1.0.jar", other);
    await()
        .until(
            () ->
                watch.files().stream().filter(each -> each.status().equals("applied")).count()
                    == 2);
  }

  @Test
  void takesLibrariesThatAreLargerThanSourcesMayBe() throws Exception {
    byte[] noise = new byte[MAX_SIZE];
    new Random(1).nextBytes(noise);
    String large = HexFormat.of().formatHex(noise);
    byte[] jar = Jars.plain(Jars.lib("1.0"), "noise.txt", large);
    assertThat(jar).hasSizeGreaterThan(MAX_SIZE);
    write("lib/lib-1.0.jar", jar);
    await().until(() -> watch.files().size() == 1);
    assertThat(watch.files().get(0).status()).isEqualTo("applied");
  }

  @Test
  void withdrawsALibraryThatWentWhileTheServerWasDown() throws Exception {
    Path file = write("lib/lib-1.0.jar", Jars.plain(Jars.lib("1.0")));
    write("hello.java", Jars.usesLib("hello"));
    awaitAnswer("hello", "1.0");
    watch.close();
    server.close();
    Files.delete(file);
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    watch();
    await().until(() -> server.engine().libraries().get(0).status().equals("withdrawn"));
    assertThat(server.call("hello", "")).isEqualTo("1.0");
  }

  @Test
  void deploysWhatIsRenamedIntoPlace() throws Exception {
    write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    Path unfinished = write(".hello.java.swp123~", source("hello", "2"));
    Files.move(unfinished, dir.resolve("hello.java"), StandardCopyOption.ATOMIC_MOVE);
    awaitAnswer("hello", "2 x");
  }

  @Test
  void servesOnWhenAnEditorMovesTheOldFileAwayFirst() throws Exception {
    Path file = write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    Files.move(file, dir.resolve("hello.java~"));
    write("hello.java", source("hello", "2"));
    awaitAnswer("hello", "2 x");
    awaitRevision("hello", 2);
  }

  @Test
  void looksIntoFoldersBelow() throws Exception {
    write("a/b/hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    write("a/b/hello.java", source("hello", "2"));
    awaitAnswer("hello", "2 x");
  }

  @Test
  void takesAFolderWithSrcInItForOneDeployment() throws Exception {
    write("orders/src/com/acme/Orders.java", orders("orders", "1"));
    write("orders/src/com/acme/Prices.java", PRICES);
    write("orders/readme.txt", "not looked at");
    awaitAnswer("orders", "1 x costs 7");
    assertThat(server.engine().list()).extracting(DeploymentInfo::name).containsExactly("orders");
    assertThat(info("orders").origin()).contains(dir.resolve("orders").toString());
    write("orders/src/com/acme/Orders.java", orders("orders", "2"));
    awaitAnswer("orders", "2 x costs 7");
    awaitRevision("orders", 2);
    restart();
    assertThat(info("orders").revision()).isEqualTo(2);
  }

  @Test
  void replacesTheServicesOfAFolderTogetherAndTellsTheFileOfAnError() throws Exception {
    write("orders/src/com/acme/Orders.java", orders("orders", "1"));
    write("orders/src/com/acme/Prices.java", PRICES);
    awaitAnswer("orders", "1 x costs 7");
    write("orders/src/com/acme/Prices.java", PRICES.replace("7", "seven"));
    await().until(() -> !info("orders").rejected().isEmpty());
    assertThat(info("orders").rejected().get(0).file()).isEqualTo("src/com/acme/Prices.java");
    assertThat(server.call("orders", "x")).isEqualTo("1 x costs 7");
    write("orders/src/com/acme/Prices.java", PRICES.replace("7", "8"));
    awaitAnswer("orders", "1 x costs 8");
  }

  @Test
  void leavesAFolderAsItIsWhenTheDeploymentComesAnotherWay() throws Exception {
    Path file = write("orders/src/com/acme/Orders.java", orders("orders", "1"));
    write("orders/src/com/acme/Prices.java", PRICES);
    awaitAnswer("orders", "1 x costs 7");
    server.deploy("orders", source("orders", "api"));
    assertThat(info("orders").source()).isEqualTo("differs");
    assertThat(file).hasContent(orders("orders", "1"));
    server.engine().undeploy("orders");
    assertThat(file).exists();
    restart();
    assertThat(server.engine().find("orders")).isEmpty();
  }

  @Test
  void takesAFolderAwayWhenItIsGone() throws Exception {
    Path file = write("orders/src/Answer.java", source("orders", "1"));
    awaitAnswer("orders", "1 x");
    Files.delete(file);
    Files.delete(file.getParent());
    Files.delete(file.getParent().getParent());
    await().until(() -> server.engine().find("orders").isEmpty());
  }

  @Test
  void deploysArchivesAndTakesNoLibraryForOne() throws Exception {
    Files.write(
        dir.resolve("orders.zip"),
        new Zip()
            .with("com/acme/Orders.java", orders("orders", "1"))
            .with("com/acme/Prices.java", PRICES)
            .bytes());
    write("lib/some.jar", "not looked at");
    awaitAnswer("orders", "1 x costs 7");
    assertThat(server.engine().list()).extracting(DeploymentInfo::name).containsExactly("orders");
    assertThat(watch.files()).extracting(WatchedFile::status).containsExactly("rejected");
  }

  private static String orders(String service, String answer) {
    return "package com.acme;\n"
        + source(service, answer).replace("+ input", "+ input + \" costs \" + Prices.of(input)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".Hidden.java",
        "Old.java~",
        ".Old.java.swp",
        "New.java.tmp",
        "4913",
        "#Auto.java#",
        "Idea.java___jb_tmp___",
        ".git/Hidden.java",
        "readme.txt"
      })
  void leavesFilesOfEditorsAlone(String name) throws Exception {
    write(name, source("ignored", "1"));
    write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    // It answers a moment before it is listed.
    await()
        .untilAsserted(
            () ->
                assertThat(server.engine().list())
                    .extracting(DeploymentInfo::name)
                    .containsExactly("hello"));
    assertThat(watch.files()).isEmpty();
  }

  @Test
  void takesAwayWhatIsGone() throws Exception {
    Path file = write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    Files.delete(file);
    await().until(() -> server.engine().find("hello").isEmpty());
    assertThat(server.services().has("hello")).isFalse();
    write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
  }

  @Test
  void takesAwayWhatIsBelowAFolderThatIsGone() throws Exception {
    Path file = write("a/hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    Files.delete(file);
    Files.delete(file.getParent());
    await().until(() -> server.engine().find("hello").isEmpty());
  }

  @Test
  void keepsWhatIsLiveWhenAWatchedFolderItselfIsGone() throws Exception {
    Path file = write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    Files.move(dir, data.resolve("away"));
    Files.createDirectories(second);
    Files.writeString(second.resolve("other.java"), source("other", "1"));
    awaitAnswer("other", "1 x");
    Files.delete(second.resolve("other.java"));
    await().until(() -> server.engine().find("other").isEmpty());
    assertThat(server.call("hello", "x")).isEqualTo("1 x");
    Files.move(data.resolve("away"), dir);
    Files.writeString(file, source("hello", "2"));
    awaitAnswer("hello", "2 x");
  }

  @Test
  void showsWhyASourceIsRefusedAndTakesTheNextChange() throws Exception {
    write("hello.java", "class Half {");
    await().until(() -> server.engine().find("hello").isPresent());
    assertThat(info("hello").status()).isEqualTo("rejected");
    assertThat(info("hello").rejected()).isNotEmpty();
    write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    write("hello.java", "class Half {");
    await().until(() -> !info("hello").rejected().isEmpty());
    assertThat(server.call("hello", "x")).isEqualTo("1 x");
    write("hello.java", source("hello", "1"));
    await().until(() -> info("hello").rejected().isEmpty());
    assertThat(info("hello").revision()).isEqualTo(1);
  }

  @Test
  void refusesASecondFileOfANameUntilTheFirstIsGone() throws Exception {
    Path first = write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    Path other = write("a/hello.java", source("hello", "2"));
    await().until(() -> !watch.files().isEmpty());
    assertThat(watch.files())
        .containsExactly(
            new WatchedFile(
                other.toString(),
                "rejected",
                List.of(
                    Diagnostic.error("hello.java", 0, 0, "the name hello is taken by " + first))));
    assertThat(server.call("hello", "x")).isEqualTo("1 x");
    Files.delete(first);
    awaitAnswer("hello", "2 x");
    await().until(() -> watch.files().isEmpty());
  }

  @Test
  void followsAFileThatIsMoved() throws Exception {
    Path first = write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    Path moved = second.resolve("hello.java");
    Files.move(first, moved);
    await().until(() -> info("hello").origin().equals(Optional.of(moved.toString())));
    assertThat(info("hello").revision()).isEqualTo(1);
    write("other.java", source("other", "1"));
    awaitAnswer("other", "1 x");
    Files.delete(dir.resolve("other.java"));
    await().until(() -> server.engine().find("other").isEmpty());
    assertThat(server.call("hello", "x")).isEqualTo("1 x");
  }

  @Test
  void refusesNamesThatNoDeploymentMayHave() throws Exception {
    write("hello world.java", source("hello", "1"));
    await().until(() -> !watch.files().isEmpty());
    assertThat(watch.files().get(0).diagnostics().get(0).message())
        .startsWith("a deployment's name");
  }

  @Test
  void refusesWhatIsTooLargeWithoutReadingIt() throws Exception {
    write("hello.java", "//" + "x".repeat(MAX_SIZE));
    await().until(() -> !watch.files().isEmpty());
    assertThat(watch.files().get(0).diagnostics().get(0).message()).startsWith("too large: 100002");
  }

  @Test
  void findsAChangeThatLeavesSizeAndTimeAsTheyWere() throws Exception {
    Path file = write("hello.java", source("hello", "1"));
    FileTime now = FileTime.from(Instant.now());
    Files.setLastModifiedTime(file, now);
    awaitAnswer("hello", "1 x");
    Files.writeString(file, source("hello", "2"));
    Files.setLastModifiedTime(file, now);
    awaitAnswer("hello", "2 x");
  }

  @Test
  void writesThroughToTheFileAndDoesNotDeployItAgain() throws Exception {
    Path file = write("hello.java", source("hello", "1"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    awaitAnswer("hello", "1 x");
    Live live = (Live) server.deploy("hello", source("hello", "2"));
    assertThat(live.revision()).isEqualTo(2);
    assertThat(file).hasContent(source("hello", "2"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    write("other.java", source("other", "1"));
    awaitAnswer("other", "1 x");
    assertThat(info("hello").revision()).isEqualTo(2);
    assertThat(info("hello").source()).isEqualTo("same");
    server.engine().rollback("hello", 1, false);
    assertThat(file).hasContent(source("hello", "1"));
    assertThat(dir).isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));
  }

  @Test
  void tellsWhenTheFileDiffersAndDoesNotDeployItAgainAfterARestart() throws Exception {
    Path file = write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    // Newer content than was seen counts as "can't be written": root may write anywhere.
    watch.close();
    Files.writeString(file, source("hello", "edited"));
    server.deploy("hello", source("hello", "2"));
    assertThat(info("hello").source()).isEqualTo("differs");
    assertThat(file).hasContent(source("hello", "edited"));
    Files.writeString(file, source("hello", "1"));
    restart();
    assertThat(server.call("hello", "x")).isEqualTo("2 x");
    assertThat(info("hello").source()).isEqualTo("differs");
  }

  @Test
  void deploysAtTheStartWhatChangedMeanwhileAndTakesAwayWhatWent() throws Exception {
    Path changed = write("changed.java", source("changed", "1"));
    Path gone = write("gone.java", source("gone", "1"));
    write("same.java", source("same", "1"));
    awaitAnswer("changed", "1 x");
    awaitAnswer("gone", "1 x");
    awaitAnswer("same", "1 x");
    watch.close();
    Files.writeString(changed, source("changed", "2"));
    Files.delete(gone);
    restart();
    awaitAnswer("changed", "2 x");
    await().until(() -> server.engine().find("gone").isEmpty());
    assertThat(info("same").revision()).isEqualTo(1);
  }

  @Test
  void removesTheFileOfADeploymentThatIsTakenAway() throws Exception {
    Path file = write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    server.engine().undeploy("hello");
    assertThat(file).doesNotExist();
    write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
  }

  @Test
  void letsChangesWaitWhileItHoldsThem() throws Exception {
    Yaml yaml = new Yaml();
    watch.add(yaml);
    Path configuration = write("serai.yaml", "a: 1");
    Path gone = write("gone.java", source("gone", "1"));
    Path hello = write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    awaitAnswer("gone", "1 x");
    await().until(() -> watch.settled() && yaml.contents.containsKey(configuration.toString()));
    holds = true;
    watch.hold(true);
    Files.delete(gone);
    Path made = write("made.java", source("made", "1"));
    write("hello.java", source("hello", "2"));
    write("serai.yaml", "a: 2");
    awaitWaiting(hello, made, configuration);
    restart();
    assertThat(server.call("hello", "x")).isEqualTo("1 x");
    assertThat(server.call("gone", "x")).isEqualTo("1 x");
    assertThat(server.engine().find("made")).isEmpty();
    awaitWaiting(hello, made);
    write("hello.java", source("hello", "1"));
    awaitWaiting(made);
    write("hello.java", source("hello", "3"));
    awaitWaiting(hello, made);
    watch.hold(false);
    awaitAnswer("hello", "3 x");
    awaitAnswer("made", "1 x");
    await().until(() -> server.engine().find("gone").isEmpty());
    awaitWaiting();
  }

  private void awaitWaiting(Path... files) {
    await()
        .untilAsserted(
            () ->
                assertThat(watch.files())
                    .filteredOn(each -> each.status().equals("waiting"))
                    .extracting(WatchedFile::path)
                    .containsExactlyInAnyOrder(
                        Stream.of(files).map(Path::toString).toArray(String[]::new)));
  }

  @Test
  void bringsFilesToTheirTypeWhenItComes() throws Exception {
    Path file = write("serai.yaml", "a: 1");
    write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
    assertThat(watch.files()).isEmpty();
    Yaml yaml = new Yaml();
    watch.add(yaml);
    await().until(() -> watch.settled() && !watch.files().isEmpty());
    assertThat(yaml.contents).containsExactly(Map.entry(file.toString(), "a: 1"));
    assertThat(watch.files())
        .containsExactly(new WatchedFile(file.toString(), "applied", List.of()));
    write("serai.yaml", "wrong");
    await().until(() -> watch.files().get(0).status().equals("rejected"));
    assertThat(watch.files().get(0).diagnostics()).containsExactly(Yaml.WRONG);
    Files.delete(file);
    await().until(() -> yaml.contents.isEmpty() && watch.files().isEmpty());
  }

  @Test
  void bringsFilesAgainToATypeThatComesAgain() throws Exception {
    Path file = write("serai.yaml", "a: 1");
    Yaml first = new Yaml();
    watch.add(first);
    await().until(() -> first.contents.containsKey(file.toString()));
    watch.remove(first);
    await().until(() -> watch.files().isEmpty());
    Yaml again = new Yaml();
    watch.add(again);
    await().until(() -> again.contents.containsKey(file.toString()));
  }

  @Test
  void goesOnWhenATypeFails() throws Exception {
    watch.add(
        new Yaml() {
          @Override
          public List<Diagnostic> deploy(String path, byte[] content) {
            throw new IllegalStateException("broken type");
          }
        });
    write("serai.yaml", "a: 1");
    await().until(() -> !watch.files().isEmpty());
    assertThat(watch.files().get(0).status()).isEqualTo("rejected");
    write("hello.java", source("hello", "1"));
    awaitAnswer("hello", "1 x");
  }

  private static class Yaml implements WatchedFileType {
    static final Diagnostic WRONG = Diagnostic.error("serai.yaml", 1, 1, "wrong");
    final Map<String, String> contents = new ConcurrentHashMap<>();

    @Override
    public boolean accepts(Path file) {
      String fileName = file.getFileName().toString();
      return fileName.startsWith("serai") && fileName.endsWith(".yaml");
    }

    @Override
    public List<Diagnostic> deploy(String path, byte[] content) {
      String text = new String(content, StandardCharsets.UTF_8);
      contents.put(path, text);
      return text.equals("wrong") ? List.of(WRONG) : List.of();
    }

    @Override
    public void undeploy(String path) {
      contents.remove(path);
    }
  }

  private void restart() {
    watch.close();
    server.close();
    server = new TestServer(data, TestServer.Target.TWO_STEPS);
    await().until(() -> server.engine().restored());
    watch();
  }

  private Path write(String name, String content) throws IOException {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name, byte[] content) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private void awaitAnswer(String service, String answer) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> server.services().call(service, "x").equals(answer));
  }

  /** A revision answers a moment before it is in the list. */
  private void awaitRevision(String name, int revision) {
    await().untilAsserted(() -> assertThat(info(name).revision()).isEqualTo(revision));
  }

  private DeploymentInfo info(String name) {
    return server.engine().find(name).orElseThrow();
  }
}
