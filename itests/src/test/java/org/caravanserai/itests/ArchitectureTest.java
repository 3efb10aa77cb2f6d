package org.caravanserai.itests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The floors of the house: see docs/architecture.md. */
class ArchitectureTest {

  private static final String ROOT = "org.caravanserai.";

  /** The floor of each bundle; a bundle that is not here fails the build. */
  private static final Map<String, Integer> FLOORS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("api", 0),
              Map.entry("spi", 0),
              Map.entry("connect", 0),
              Map.entry("metrics", 0),
              Map.entry("maven", 1),
              Map.entry("runtime", 1),
              Map.entry("objects", 1),
              Map.entry("security", 1),
              Map.entry("deploy", 2),
              Map.entry("camel", 2),
              Map.entry("broker", 2),
              Map.entry("http", 2),
              Map.entry("rest", 3),
              Map.entry("routes", 3),
              Map.entry("sql", 3),
              Map.entry("pubsub", 3),
              Map.entry("cache", 3),
              Map.entry("scheduler", 3),
              Map.entry("management", 4),
              Map.entry("shell", 5),
              Map.entry("console", 5)));

  private static List<Path> bundles;
  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() throws IOException {
    bundles = new ArrayList<>();
    try (Stream<Path> folders = Files.list(Path.of("../bundles"))) {
      folders
          .map(folder -> folder.resolve("target/classes"))
          .filter(folder -> Files.isDirectory(folder.resolve("org/caravanserai")))
          .forEach(bundles::add);
    }
    classes = new ClassFileImporter().importPaths(bundles);
  }

  @Test
  void everyBundleHasItsFloor() {
    List<String> names =
        bundles.stream()
            .map(path -> path.getParent().getParent().getFileName().toString())
            .map(name -> name.substring(ROOT.length()))
            .toList();
    assertThat(names).containsExactlyInAnyOrderElementsOf(FLOORS.keySet());
  }

  @Test
  void everyClassLiesBelowTheRootPackageOfItsBundle() throws IOException {
    for (Path bundle : bundles) {
      String name = bundle.getParent().getParent().getFileName().toString();
      classes()
          .that(DescribedPredicate.describe("lie in bundle " + name, type -> liesIn(type, bundle)))
          .should()
          .resideInAPackage(name + "..")
          .check(classes);
    }
  }

  @Test
  void aBundleUsesOnlyFloorsBelowItsOwn() {
    FLOORS.forEach(
        (bundle, floor) ->
            noClasses()
                .that()
                .resideInAPackage(ROOT + bundle + "..")
                .should()
                .dependOnClassesThat(
                    DescribedPredicate.describe(
                        "lie on the floor " + floor + " or above, in another bundle",
                        type -> !bundleOf(type).equals(bundle) && floorOf(type) >= floor))
                .check(classes));
  }

  @Test
  void nobodyUsesTheInsideOfAnotherBundle() {
    FLOORS
        .keySet()
        .forEach(
            bundle ->
                noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + bundle + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + bundle + ".internal..")
                    .check(classes));
  }

  private static boolean liesIn(JavaClass type, Path bundle) {
    return type.getSource()
        .map(source -> Path.of(source.getUri()).startsWith(bundle.toAbsolutePath().normalize()))
        .orElse(false);
  }

  private static String bundleOf(JavaClass type) {
    String name = type.getPackageName() + ".";
    if (!name.startsWith(ROOT)) {
      return "";
    }
    return name.substring(ROOT.length(), name.indexOf('.', ROOT.length()));
  }

  private static int floorOf(JavaClass type) {
    return FLOORS.getOrDefault(bundleOf(type), -1);
  }
}
