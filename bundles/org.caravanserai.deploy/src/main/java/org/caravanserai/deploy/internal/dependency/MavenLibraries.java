package org.caravanserai.deploy.internal.dependency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravanserai.spi.ArtifactResolver;
import org.jspecify.annotations.Nullable;

/**
 * Finds what sources ask for. What was found once for the same wishes is the answer until somebody
 * wants it anew, so that a save asks no repository.
 */
public final class MavenLibraries {

  /** More kinds of wishes than deployments have at a time; the oldest are asked again. */
  private static final int REMEMBERED = 1000;

  private final PrivateJars jars;
  private final Supplier<Optional<ArtifactResolver>> resolver;
  private final Map<List<String>, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Answer> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** What was found, and what is still to be told of the last time when somebody looked. */
  private record Answer(@Nullable List<PrivateLibrary> libraries, @Nullable IOException failure) {}

  /**
   * Keeps what it finds.
   *
   * @param resolver asks the repositories; empty while there is none
   */
  public MavenLibraries(PrivateJars jars, Supplier<Optional<ArtifactResolver>> resolver) {
    this.jars = jars;
    this.resolver = resolver;
  }

  /** The jars that it keeps. */
  public PrivateJars jars() {
    return jars;
  }

  /**
   * Looks now, so that {@link #find} need not wait for repositories.
   *
   * @param anew also if the answer is known
   */
  public void fetch(List<String> artifacts, boolean anew) {
    Answer before = known(artifacts);
    if (!anew && isComplete(before)) {
      return;
    }
    Answer after;
    try {
      after = new Answer(look(artifacts), null);
    } catch (IOException e) {
      after = new Answer(before == null ? null : before.libraries(), e);
    }
    put(artifacts, after);
  }

  /**
   * The libraries for some wishes.
   *
   * @throws IOException if they can't be had; the message says why
   */
  public List<PrivateLibrary> find(List<String> artifacts) throws IOException {
    Answer answer = known(artifacts);
    if (answer != null && answer.failure() != null) {
      // Told once: who asks next is to look for himself.
      put(artifacts, new Answer(answer.libraries(), null));
      throw answer.failure();
    }
    if (answer != null && answer.libraries() != null && isComplete(answer)) {
      return answer.libraries();
    }
    List<PrivateLibrary> found = look(artifacts);
    put(artifacts, new Answer(found, null));
    return found;
  }

  /** What a revision has is the answer to its wishes from now on. */
  public void remember(Dependencies dependencies) {
    if (!dependencies.artifacts().isEmpty()) {
      put(dependencies.artifacts(), new Answer(dependencies.libraries(), null));
    }
  }

  private boolean isComplete(@Nullable Answer answer) {
    return answer != null
        && answer.libraries() != null
        && answer.libraries().stream().allMatch(jars::has);
  }

  private List<PrivateLibrary> look(List<String> artifacts) throws IOException {
    ArtifactResolver found =
        resolver
            .get()
            .orElseThrow(() -> new IOException("nothing is there that asks Maven repositories"));
    List<PrivateLibrary> libraries = new ArrayList<>();
    for (ArtifactResolver.Artifact each : found.resolve(artifacts)) {
      libraries.add(jars.keep(each.name(), each.file()));
    }
    return List.copyOf(libraries);
  }

  private synchronized @Nullable Answer known(List<String> artifacts) {
    return answers.get(artifacts);
  }

  private synchronized void put(List<String> artifacts, Answer answer) {
    answers.put(List.copyOf(artifacts), answer);
  }
}
