package org.caravanserai.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

  private static final String OK = "{\"status\":\"live\",\"revision\":1}";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  @TempDir private Path project;
  private Path source;
  private Path objects;
  private Answering server;
  private Thread thread;
  private Watch watch;

  @BeforeEach
  void aWatchIsSet() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    source = Files.createDirectories(project.resolve("src")).resolve("A.java");
    Files.writeString(source, "class A {}");
    objects = Files.writeString(project.resolve("serai.yaml"), "security: []");
    Path jar = project.resolve("a.jar");
    new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();
    server = new Answering(200, OK);
    SourceCompiler compiler =
        new SourceCompiler(
            new CompilerSettings(StandardCharsets.UTF_8, List.of()),
            List.of(project.resolve("src")),
            List.of(),
            project.resolve("target"));
    Saves saves = new Saves(List.of(project.resolve("src"), objects));
    Workshop workshop = new Workshop(compiler, ResourceFolders.of(List.of()), jar);
    Target target = new Target(server.api(), "a", false);
    watch = new Watch(saves, workshop, jar, objects, target, new Lines());
    thread = new Thread(this::follow);
  }

  @AfterEach
  void itEnds() throws InterruptedException {
    thread.interrupt();
    thread.join();
    server.close();
  }

  @Test
  void atFirstTheJarIsBroughtAndThenTheObjects() throws Exception {
    watch.bring();
    assertThat(asked()).containsExactly("deployments", "config");
    watch.bring();
    assertThat(asked()).hasSize(2);
  }

  @Test
  void aRefusedJarHoldsTheObjectsBackThatMayNeedIt() {
    server.answers(422, "{\"cid\":\"c\",\"detail\":\"no\"}");
    assertThatThrownBy(watch::bring).isInstanceOf(RefusedException.class);
    assertThat(asked()).containsExactly("deployments");
  }

  @Test
  void whatIsSavedIsBroughtAndNothingElse() throws Exception {
    watch.bring();
    thread.start();
    Files.writeString(source, "class A { int a; }");
    await().until(() -> asked().size() == 3);
    Files.writeString(objects, "security: []\n");
    await().until(() -> asked().size() == 4);
    assertThat(asked()).containsExactly("deployments", "config", "deployments", "config");
  }

  @Test
  void whatDoesNotCompileIsToldAndNotSentAndTheNextSaveIsBroughtWithAllThatIsDue()
      throws Exception {
    watch.bring();
    thread.start();
    Files.writeString(source, "class A { int a }");
    await().until(() -> lines.stream().anyMatch(line -> line.contains("A.java:1:16: error: ';'")));
    Files.writeString(objects, "security: []\n# more\n");
    await().until(() -> lines.stream().filter(line -> line.contains("error: ';'")).count() == 2);
    assertThat(asked()).hasSize(2);
    Files.writeString(source, "class A { int a; }");
    await().until(() -> asked().size() == 4);
    assertThat(asked()).endsWith("deployments", "config");
  }

  @Test
  void itOutlivesAServerThatIsGone() throws Exception {
    watch.bring();
    server.close();
    thread.start();
    Files.writeString(source, "class A { int a; }");
    await().until(() -> lines.stream().anyMatch(line -> line.contains("No server answers")));
    assertThat(thread.isAlive()).isTrue();
  }

  private List<String> asked() {
    return server.requests().stream().map(each -> each.line().split("/", -1)[3]).toList();
  }

  private void follow() {
    try {
      watch.follow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps what is told. */
  private final class Lines extends SystemStreamLog {

    @Override
    public void info(CharSequence line) {
      lines.add(line.toString());
    }

    @Override
    public void error(CharSequence line) {
      lines.add(line.toString());
    }
  }
}
