package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private static TrafficRoute route(String owner, String path, String... methods) {
    Set<String> names = methods.length == 0 ? TrafficRoute.ANY_METHOD : Set.of(methods);
    return new TrafficRoute("test", owner, PathTemplate.parse(path), names, exchange -> {});
  }

  private static RouteTable table(TrafficRoute... routes) throws RouteConflictException {
    RouteTable table = RouteTable.EMPTY;
    for (TrafficRoute route : routes) {
      table = table.with(route);
    }
    return table;
  }

  private static String owner(RouteTable table, String method, String path) {
    Match match = table.find(method, path);
    return match == null ? "nobody" : match.route().name();
  }

  @Test
  void textWinsOverParameterSegmentBySegment() throws Exception {
    RouteTable table =
        table(
            route("param", "/a/{x}"),
            route("text", "/a/b"),
            route("deep", "/a/{x}/d"),
            route("around", "/a/v{x}"));

    assertThat(owner(table, "GET", "/a/b")).isEqualTo("text");
    assertThat(owner(table, "GET", "/a/c")).isEqualTo("param");
    assertThat(owner(table, "GET", "/a/v1")).isEqualTo("around");
    assertThat(owner(table, "GET", "/a/v")).isEqualTo("param");
    assertThat(owner(table, "GET", "/a/b/d")).isEqualTo("deep");
    assertThat(owner(table, "GET", "/a/b/e")).isEqualTo("nobody");
    assertThat(owner(table, "GET", "/a/")).isEqualTo("nobody");
    assertThat(owner(table, "GET", "/a")).isEqualTo("nobody");
  }

  @Test
  void givesTheValuesOfParameters() throws Exception {
    RouteTable table = table(route("r", "/a/{x}/f-{y}.txt"));

    Match match = table.find("GET", "/a/1 2/f-%.txt");

    assertThat(match.parameters()).isEqualTo(Map.of("x", "1 2", "y", "%"));
  }

  @Test
  void aMethodThatOnlyALessExactRouteTakesGoesThere() throws Exception {
    RouteTable table = table(route("text", "/a/b", "GET"), route("param", "/a/{x}", "DELETE"));

    assertThat(owner(table, "DELETE", "/a/b")).isEqualTo("param");
    assertThat(table.methods("/a/b")).containsExactly("DELETE", "GET", "HEAD");
    assertThat(table.methods("/a/c")).containsExactly("DELETE");
    assertThat(table.methods("/c")).isEmpty();
  }

  @Test
  void headFallsBackToGet() throws Exception {
    RouteTable table =
        table(
            route("get", "/a", "GET"),
            route("get", "/b", "GET"),
            route("head", "/b", "HEAD"),
            route("post", "/c", "POST"));

    assertThat(owner(table, "HEAD", "/a")).isEqualTo("get");
    assertThat(owner(table, "HEAD", "/b")).isEqualTo("head");
    assertThat(owner(table, "HEAD", "/c")).isEqualTo("nobody");
  }

  @Test
  void aConflictNamesTheOwner() throws Exception {
    RouteTable table = table(route("channel_rest one", "/a/{x}", "GET", "POST"));

    assertThatThrownBy(() -> table.with(route("channel_rest two", "/a/{y}", "POST")))
        .isInstanceOf(RouteConflictException.class)
        .hasMessage("POST /a/{y} is taken by channel_rest one (/a/{x})");
    assertThat(owner(table.with(route("two", "/a/{y}", "PUT")), "PUT", "/a/1")).isEqualTo("two");
  }

  @Test
  void withoutLeavesNothingBehind() throws Exception {
    TrafficRoute one = route("one", "/a/{x}/b");
    TrafficRoute two = route("two", "/a/{x}");
    TrafficRoute three = route("three", "/a");
    RouteTable table = table(one, two, three);

    assertThat(owner(table.without(one), "GET", "/a/1/b")).isEqualTo("nobody");
    assertThat(owner(table.without(one), "GET", "/a/1")).isEqualTo("two");
    assertThat(owner(table.without(three), "GET", "/a")).isEqualTo("nobody");
    assertThat(owner(table, "GET", "/a/1/b")).isEqualTo("one");
  }
}
