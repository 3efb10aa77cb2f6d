package org.caravanserai.deploy.internal.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.InPlaceContent;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * A type of archive for tests that goes live in place. Its bytes say what happens: {@code other}
 * affects another bundle, {@code bad} fails to enter.
 */
final class PlaceType implements DeployableType {

  /** What an archive of it begins with. */
  static final String HEAD = "PK\u0003\u0004place ";

  /** What was done, in order. */
  final List<String> events = new ArrayList<>();

  @Override
  public List<String> suffixes() {
    return List.of(".place");
  }

  @Override
  public Optional<String> suffixOf(byte[] content) {
    return text(content).startsWith(HEAD) ? Optional.of(".place") : Optional.empty();
  }

  @Override
  public boolean takes(Class<?> type) {
    return false;
  }

  @Override
  public String wanted() {
    return "a place";
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public LiveContent prepare(DeployableContent content) {
    return new Placed(text(content.text()).substring(HEAD.length()));
  }

  private final class Placed implements InPlaceContent {

    private final String what;

    Placed(String what) {
      this.what = what;
    }

    @Override
    public DeployableType type() {
      return PlaceType.this;
    }

    @Override
    public List<ServiceRevision> services() {
      return List.of();
    }

    @Override
    public List<String> parts() {
      return List.of(what);
    }

    @Override
    public List<AffectedBundle> affected() {
      return what.contains("other")
          ? List.of(new AffectedBundle(7, "other", "1.0.0", List.of("other.service")))
          : List.of();
    }

    @Override
    public List<String> names() {
      return List.of("in.place");
    }

    @Override
    public Optional<Long> bundle() {
      return Optional.of(3L);
    }

    @Override
    public boolean stopped() {
      return false;
    }

    @Override
    public void enter() throws ContentRefusedException {
      events.add("enter " + what);
      if (what.contains("bad")) {
        throw new ContentRefusedException(
            Stage.LINK, List.of(Diagnostic.error("x.place", 0, 0, "bad")));
      }
    }

    @Override
    public void leave() {
      events.add("leave " + what);
    }

    @Override
    public void start(@Nullable LiveContent before) {
      events.add("start " + what);
    }

    @Override
    public void withdraw() {
      events.add("withdraw " + what);
    }

    @Override
    public void pause() {
      events.add("pause " + what);
    }

    @Override
    public CompletionStage<@Nullable Void> stop(Duration timeout) {
      events.add("stop " + what);
      return CompletableFuture.completedFuture(null);
    }
  }
}
