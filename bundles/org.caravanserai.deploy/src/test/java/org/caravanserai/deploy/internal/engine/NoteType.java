package org.caravanserai.deploy.internal.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.caravanserai.api.Service;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * A type of deployment for tests: {@code note: TEXT} is live as a service {@code note.NAME} which
 * answers with the text.
 */
final class NoteType implements DeployableType {

  /** What was done, in order. */
  final List<String> events = Collections.synchronizedList(new ArrayList<>());

  private final ServiceRegistry registry;

  NoteType(ServiceRegistry registry) {
    this.registry = registry;
  }

  @Override
  public List<String> suffixes() {
    return List.of(".note.txt");
  }

  @Override
  public Optional<String> suffixOf(byte[] content) {
    return text(content).startsWith("note:") ? Optional.of(".note.txt") : Optional.empty();
  }

  @Override
  public boolean takes(Class<?> type) {
    return Runnable.class.isAssignableFrom(type);
  }

  @Override
  public String wanted() {
    return "Runnable";
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public LiveContent prepare(DeployableContent content) throws ContentRefusedException {
    String text =
        content.classes().isEmpty()
            ? text(content.text())
            : content.classes().get(0).getSimpleName();
    if (text.contains("bad")) {
      throw new ContentRefusedException(
          ContentRefusedException.Stage.COMPILE,
          List.of(Diagnostic.error(content.fileName(), 1, 7, "bad")));
    }
    Service<String, String> service =
        new Service<String, String>() {
          @Override
          public String handle(String input, org.caravanserai.api.Context context) {
            return text;
          }
        };
    try {
      return new Note(
          content,
          registry.prepare(
              "note." + content.deployment(), service, content.deployment(), content.revision()));
    } catch (RevisionRefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Note implements LiveContent {

    private final String name;
    private final ServiceRevision revision;

    Note(DeployableContent content, ServiceRevision revision) {
      this.name = content.deployment() + " " + content.revision();
      this.revision = revision;
    }

    @Override
    public DeployableType type() {
      return NoteType.this;
    }

    @Override
    public List<ServiceRevision> services() {
      return List.of(revision);
    }

    @Override
    public List<String> parts() {
      return List.of(revision.deployment() + "#note");
    }

    @Override
    public void start(@Nullable LiveContent before) {
      events.add("start " + name + (before instanceof Note note ? " after " + note.name : ""));
    }

    @Override
    public void pause() {
      events.add("pause " + name);
    }

    @Override
    public void withdraw() {
      events.add("withdraw " + name);
    }

    @Override
    public CompletionStage<Void> stop(Duration timeout) {
      events.add((timeout.isZero() ? "discard " : "stop ") + name);
      return CompletableFuture.completedFuture(null);
    }
  }
}
