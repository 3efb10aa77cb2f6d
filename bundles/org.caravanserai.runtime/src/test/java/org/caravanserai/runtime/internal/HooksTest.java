package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.caravanserai.api.CallHooks;
import org.caravanserai.api.Context;
import org.caravanserai.api.RevisionHooks;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What services do around their calls and their revisions. */
class HooksTest {

  private static final List<String> SEEN = new CopyOnWriteArrayList<>();

  private final Server server = new Server("hook__timeout", 300);

  /** Has hooks that fail where its input says so. */
  public static class Hooked implements Service<String, Object>, CallHooks<String, Object> {

    @Override
    public void before(String input, Context context) {
      SEEN.add("before " + input);
      fail(input, "before");
    }

    @Override
    public Object handle(String input, Context context) {
      fail(input, "handle");
      return "now";
    }

    @Override
    public void after(String input, Object output, Context context) {
      SEEN.add("after " + input + " " + output);
      fail(input, "after");
    }

    @Override
    public void onError(String input, Throwable failure, Context context) {
      SEEN.add("error " + input + " " + failure.getMessage());
      fail(input, "error");
    }

    private static void fail(String input, String step) {
      if (input.endsWith(step)) {
        throw new ServiceException(409, "at " + step);
      }
    }
  }

  /** The same with a stage. */
  public static class Staged
      implements Service<String, CompletionStage<String>>, CallHooks<String, String> {

    @Override
    public CompletionStage<String> handle(String input, Context context) {
      return input.equals("good")
          ? CompletableFuture.completedFuture("done")
          : CompletableFuture.failedFuture(new IllegalStateException("broken"));
    }

    @Override
    public void after(String input, String output, Context context) {
      SEEN.add("after " + output);
    }

    @Override
    public void onError(String input, Throwable failure, Context context) {
      SEEN.add("error " + failure.getMessage());
    }
  }

  /** Notes its life. */
  public static class Living implements Service<Object, Object>, RevisionHooks, AutoCloseable {

    static volatile Runnable begin = () -> {};

    @Override
    public Object handle(Object input, Context context) {
      return "";
    }

    @Override
    public void onDeploy() {
      SEEN.add("onDeploy");
      begin.run();
    }

    @Override
    public void onUndeploy() {
      SEEN.add("onUndeploy");
    }

    @Override
    public void close() {
      SEEN.add("close");
    }
  }

  @BeforeEach
  void begin() {
    SEEN.clear();
    Living.begin = () -> {};
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theyRunAroundTheCall() {
    Slot slot = server.deploy(Hooked.class);

    assertThat(server.invoke(slot, "x")).isEqualTo("now");

    assertThat(SEEN).containsExactly("before x", "after x now");
  }

  @Test
  void whatFailsIsTold() {
    Slot slot = server.deploy(Hooked.class);

    assertThatThrownBy(() -> server.invoke(slot, "at before")).hasMessage("at before");
    assertThatThrownBy(() -> server.invoke(slot, "at handle")).hasMessage("at handle");
    assertThatThrownBy(() -> server.invoke(slot, "at after")).hasMessage("at after");
    assertThat(SEEN)
        .containsExactly(
            "before at before",
            "error at before at before",
            "before at handle",
            "error at handle at handle",
            "before at after",
            "after at after now",
            "error at after at after");
    assertThat(slot.current().orElseThrow().inside()).isZero();
  }

  @Test
  void theyRunWhenTheStageCompletes() {
    Slot slot = server.deploy(Staged.class);

    assertThat(server.invoke(slot, "good")).isEqualTo("done");
    assertThatThrownBy(() -> server.invoke(slot, "bad")).hasMessage("Internal error");

    assertThat(SEEN).containsExactly("after done", "error broken");
  }

  @Test
  void aRevisionIsToldOfItsBeginningAndItsEnd() throws Exception {
    ServiceRevision first = server.registry.prepare(Living.class, "living", 1);
    assertThat(SEEN).isEmpty();
    server.registry.begin(first);
    server.registry.swap(List.of(first), List.of());
    assertThat(SEEN).containsExactly("onDeploy");

    var unused = server.registry.retire(first, Duration.ofSeconds(10));

    await().until(() -> SEEN.size() == 3);
    assertThat(SEEN).containsExactly("onDeploy", "onUndeploy", "close");
  }

  @Test
  void aRevisionThatHasNotBegunHasNoEnd() throws Exception {
    ServiceRevision trial = server.registry.prepare(Living.class, "living", 1);

    assertThat(Server.get(server.registry.retire(trial, Duration.ZERO).toCompletableFuture()))
        .isTrue();

    assertThat(SEEN).containsExactly("close");
  }

  @Test
  void aRefusalIsToldWithItsReason() throws Exception {
    ServiceRevision revision = server.registry.prepare(Living.class, "living", 1);
    Living.begin =
        () -> {
          throw new IllegalStateException("no licence");
        };
    assertThatThrownBy(() -> server.registry.begin(revision))
        .isInstanceOf(RevisionRefusedException.class)
        .hasMessageEndingWith("refused: no licence");

    CountDownLatch never = new CountDownLatch(1);
    Living.begin =
        () -> {
          try {
            never.await();
          } catch (InterruptedException expected) {
            SEEN.add("interrupted");
          }
        };
    assertThatThrownBy(() -> server.registry.begin(revision))
        .hasMessageEndingWith("took longer than 300 ms");
    await().until(() -> SEEN.contains("interrupted"));
  }
}
