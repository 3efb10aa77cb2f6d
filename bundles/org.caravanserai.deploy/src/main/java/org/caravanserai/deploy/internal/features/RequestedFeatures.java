package org.caravanserai.deploy.internal.features;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was asked of the features service.
 *
 * @param repositories the addresses of feature repositories
 * @param requirements what is to be installed, as the service writes it: {@code region
 *     feature:name/[1.0.0,1.0.0]}
 */
record RequestedFeatures(SortedSet<String> repositories, SortedSet<String> requirements) {

  private static final String REPOSITORY = "repository ";
  private static final String FEATURE = " feature:";
  private static final String REQUIRE = "require ";

  /** Nothing. */
  static final RequestedFeatures NONE = new RequestedFeatures(new TreeSet<>(), new TreeSet<>());

  /** What the service knows. */
  static RequestedFeatures of(Stream<String> repositories, Map<String, Set<String>> requirements) {
    SortedSet<String> lines = new TreeSet<>();
    requirements.forEach((region, all) -> all.forEach(each -> lines.add(region + " " + each)));
    return new RequestedFeatures(
        repositories.collect(Collectors.toCollection(TreeSet::new)), lines);
  }

  /** Reads what {@link #lines} wrote; other lines are passed over. */
  static RequestedFeatures read(Collection<String> lines) {
    SortedSet<String> repositories = new TreeSet<>();
    SortedSet<String> requirements = new TreeSet<>();
    for (String line : lines) {
      if (line.startsWith(REPOSITORY)) {
        repositories.add(line.substring(REPOSITORY.length()).strip());
      } else if (line.startsWith(REQUIRE)) {
        requirements.add(line.substring(REQUIRE.length()).strip());
      }
    }
    return new RequestedFeatures(repositories, requirements);
  }

  /** A line for each, the same for the same. */
  Stream<String> lines() {
    return Stream.concat(
        repositories.stream().map(REPOSITORY::concat), requirements.stream().map(REQUIRE::concat));
  }

  /** The features in the requirements, as {@code name/1.0.0}. */
  List<String> features() {
    return requirements.stream()
        .filter(each -> each.contains(FEATURE))
        .map(each -> each.substring(each.indexOf(FEATURE) + FEATURE.length()))
        .map(each -> each.replaceFirst("\\[([^,]*),\\1\\]", "$1"))
        .toList();
  }

  /** The requirements by their region. */
  Map<String, Set<String>> byRegion() {
    Map<String, Set<String>> regions = new HashMap<>();
    for (String each : requirements) {
      int space = each.indexOf(' ');
      regions
          .computeIfAbsent(each.substring(0, Math.max(0, space)), region -> new HashSet<>())
          .add(each.substring(space + 1));
    }
    return regions;
  }

  RequestedFeatures plus(RequestedFeatures others) {
    return new RequestedFeatures(
        plus(repositories, others.repositories), plus(requirements, others.requirements));
  }

  RequestedFeatures minus(RequestedFeatures others) {
    return new RequestedFeatures(
        minus(repositories, others.repositories), minus(requirements, others.requirements));
  }

  private static SortedSet<String> plus(SortedSet<String> some, SortedSet<String> others) {
    SortedSet<String> sum = new TreeSet<>(some);
    sum.addAll(others);
    return sum;
  }

  private static SortedSet<String> minus(SortedSet<String> some, SortedSet<String> others) {
    SortedSet<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
