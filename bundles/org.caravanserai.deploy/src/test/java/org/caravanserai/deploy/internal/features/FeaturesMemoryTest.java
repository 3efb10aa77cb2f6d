package org.caravanserai.deploy.internal.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.features.DeploymentEvent;
import org.apache.karaf.features.DeploymentListener;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.Repository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesMemoryTest {

  private static final String BOOT = "feature:serai/[1,1]";
  private static final String RATES = "feature:rates/[1,1]";
  private static final String REPORT = "feature:report/[1,1]";

  @TempDir private Path folder;

  private final Set<String> repositories = new TreeSet<>();
  private final Set<String> requirements = new TreeSet<>();
  private final Set<String> unavailable = new HashSet<>();
  private @Nullable DeploymentListener listener;

  private final FeaturesService service =
      (FeaturesService)
          Proxy.newProxyInstance(
              FeaturesService.class.getClassLoader(),
              new Class<?>[] {FeaturesService.class},
              (proxy, method, arguments) -> answer(method.getName(), arguments));

  private @Nullable Object answer(String method, @Nullable Object @Nullable [] arguments) {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    switch (method) {
      case "listRequiredRepositories" -> {
        return repositories.stream().map(FeaturesMemoryTest::repository).toArray(Repository[]::new);
      }
      case "listRequirements" -> {
        return new HashMap<>(Map.of("root", new HashSet<>(requirements)));
      }
      case "addRepository" -> repositories.add(String.valueOf(first));
      case "addRequirements" -> {
        Object asked = ((Map<?, ?>) Objects.requireNonNull(first)).get("root");
        Set<String> all = new HashSet<>();
        ((Set<?>) Objects.requireNonNull(asked)).forEach(each -> all.add(each.toString()));
        if (all.stream().anyMatch(unavailable::contains)) {
          throw new IllegalStateException("can't be resolved");
        }
        requirements.addAll(all);
      }
      case "registerListener" -> {
        if (first instanceof DeploymentListener heard) {
          listener = heard;
        }
      }
      default -> {}
    }
    return null;
  }

  private static Repository repository(String uri) {
    return (Repository)
        Proxy.newProxyInstance(
            Repository.class.getClassLoader(),
            new Class<?>[] {Repository.class},
            (proxy, method, arguments) -> URI.create(uri));
  }

  @BeforeEach
  void boot() {
    repositories.add("mvn:serai");
    requirements.add(BOOT);
  }

  private void open() {
    new FeaturesMemory(service, folder.resolve("features"), folder.resolve("cache")).open();
  }

  private void change() {
    Objects.requireNonNull(listener).deploymentEvent(DeploymentEvent.BUNDLES_INSTALLED);
  }

  private void loseTheCache() throws IOException {
    Files.delete(folder.resolve("cache"));
    repositories.clear();
    requirements.clear();
    boot();
  }

  private String copy() throws IOException {
    return Files.readString(folder.resolve("features"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .reduce("", (all, line) -> all + line + "\n");
  }

  @Test
  void copiesWhatTheServerDoesNotBootWith() throws IOException {
    open();
    assertThat(copy()).isEmpty();
    repositories.add("file:/rates.xml");
    requirements.add(RATES);
    change();
    assertThat(copy()).isEqualTo("repository file:/rates.xml\nrequire root " + RATES + "\n");
    requirements.remove(RATES);
    change();
    assertThat(copy()).isEqualTo("repository file:/rates.xml\n");
  }

  @Test
  void asksAgainForWhatTheCacheHasLost() throws IOException {
    open();
    repositories.add("file:/rates.xml");
    requirements.add(RATES);
    change();
    loseTheCache();
    open();
    assertThat(repositories).contains("file:/rates.xml");
    assertThat(requirements).containsExactly(RATES, BOOT);
    assertThat(copy()).isEqualTo("repository file:/rates.xml\nrequire root " + RATES + "\n");
  }

  @Test
  void keepsWhatCannotBeHadForTheNextTime() throws IOException {
    open();
    requirements.add(RATES);
    requirements.add(REPORT);
    change();
    loseTheCache();
    unavailable.add(RATES);
    open();
    assertThat(requirements).containsExactly(REPORT, BOOT);
    assertThat(copy()).isEqualTo("require root " + RATES + "\nrequire root " + REPORT + "\n");
    unavailable.clear();
    open();
    assertThat(requirements).contains(RATES);
  }

  @Test
  void anotherDistributionBootsWithOthers() throws IOException {
    open();
    requirements.add(RATES);
    change();
    Files.delete(folder.resolve("cache"));
    requirements.clear();
    requirements.add("feature:serai/[2,2]");
    open();
    assertThat(requirements).containsExactly(RATES, "feature:serai/[2,2]");
    assertThat(copy()).isEqualTo("require root " + RATES + "\n");
  }
}
