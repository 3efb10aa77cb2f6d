package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.PathTemplate.Segment;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.eclipse.jetty.http.HttpFields;

/** The route table finds what a naive search through all templates finds. */
class RouteTablePropertyTest {

  @Property(tries = 500)
  void agreesWithANaiveMatcher(
      @ForAll("templates") List<String> templates,
      @ForAll("paths") List<String> paths,
      @ForAll List<Boolean> removals) {
    RouteTable table = RouteTable.EMPTY;
    List<TrafficRoute> routes = new ArrayList<>();
    for (String template : templates) {
      TrafficRoute route =
          new TrafficRoute(
              "test", template, PathTemplate.parse(template), Set.of("GET"), exchange -> {});
      try {
        table = table.with(route);
        routes.add(route);
      } catch (RouteConflictException e) {
        assertThat(routes).anyMatch(other -> shape(other).equals(shape(route)));
      }
    }
    for (int i = Math.min(routes.size(), removals.size()) - 1; i >= 0; i--) {
      if (removals.get(i)) {
        table = table.without(routes.remove(i));
      }
    }
    for (String path : paths) {
      Match match = table.find("GET", path, HttpFields.EMPTY);
      Optional<TrafficRoute> expected = naive(routes, path);
      assertThat(Optional.ofNullable(match).map(Match::route)).as(path).isEqualTo(expected);
      assertThat(table.methods(path).isEmpty()).isEqualTo(expected.isEmpty());
    }
  }

  private static Optional<TrafficRoute> naive(List<TrafficRoute> routes, String path) {
    String[] parts = path.substring(1).split("/", -1);
    return routes.stream()
        .filter(route -> matches(route.path().segments(), parts))
        .min(Comparator.comparing(TrafficRoute::path, RouteTablePropertyTest::moreExactFirst));
  }

  private static boolean matches(List<Segment> segments, String[] parts) {
    if (segments.size() != parts.length) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      Segment segment = segments.get(i);
      boolean fits =
          segment.parameter() == null
              ? parts[i].equals(segment.prefix())
              : parts[i].length() > segment.prefix().length() + segment.suffix().length()
                  && parts[i].startsWith(segment.prefix())
                  && parts[i].endsWith(segment.suffix());
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int moreExactFirst(PathTemplate left, PathTemplate right) {
    for (int i = 0; i < left.segments().size(); i++) {
      int order = Integer.compare(exactness(right, i), exactness(left, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int exactness(PathTemplate template, int index) {
    Segment segment = template.segments().get(index);
    return segment.parameter() == null
        ? Integer.MAX_VALUE
        : (segment.prefix().length() + segment.suffix().length()) * 1000
            + segment.prefix().length();
  }

  private static List<String> shape(TrafficRoute route) {
    return route.path().segments().stream()
        .map(s -> s.parameter() == null ? s.prefix() : s.prefix() + "{}" + s.suffix())
        .toList();
  }

  @Provide
  Arbitrary<List<String>> templates() {
    // Names differ by position, as a template may not repeat one.
    return Arbitraries.of("a", "b", "ab", "{}", "a{}", "{}b", "a{}b")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(
            parts -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < parts.size(); i++) {
                text.append('/').append(parts.get(i).replace("{}", "{p" + i + "}"));
              }
              return text.toString();
            })
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<String>> paths() {
    return Arbitraries.of("a", "b", "ab", "axb", "ax", "xb", "c", "")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> "/" + String.join("/", parts))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }
}
