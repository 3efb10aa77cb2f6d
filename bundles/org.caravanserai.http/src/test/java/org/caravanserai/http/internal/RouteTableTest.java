package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
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
    Match match = table.find(method, path, HttpFields.EMPTY);
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

  private static TrafficRoute yielding(String owner, String path) {
    return new TrafficRoute(
        "test",
        owner,
        PathTemplate.parse(path),
        TrafficRoute.ANY_METHOD,
        TrafficRoute.ANY_TYPE,
        exchange -> {},
        null,
        true);
  }

  @Test
  void aRouteYieldsItsPathAndTakesItAgain() throws Exception {
    TrafficRoute yields = yielding("yields", "/a/b");
    TrafficRoute keeps = route("keeps", "/a/b", "GET");
    RouteTable alone = table(route("param", "/a/{x}"), yields);

    assertThat(owner(alone, "GET", "/a/b")).isEqualTo("yields");
    assertThat(owner(alone, "GET", "/a/c")).isEqualTo("param");
    RouteTable both = alone.with(keeps);
    assertThat(owner(both, "GET", "/a/b")).isEqualTo("keeps");
    // Whoever takes a path takes it as a whole; what another method means is nobody's guess.
    assertThat(owner(table(yields, keeps), "POST", "/a/b")).isEqualTo("nobody");
    assertThat(table(yields, keeps).methods("/a/b")).containsExactly("GET", "HEAD");
    assertThat(owner(both.without(keeps), "POST", "/a/b")).isEqualTo("yields");
    assertThat(owner(both.without(yields), "GET", "/a/b")).isEqualTo("keeps");
    assertThat(owner(alone.without(yields), "GET", "/a/b")).isEqualTo("param");
  }

  @Test
  void onlyOneYieldsAPathAndItHasNoParameters() throws Exception {
    RouteTable table = table(yielding("first", "/a"));

    assertThatThrownBy(() -> table.with(yielding("second", "/a")))
        .isInstanceOf(RouteConflictException.class)
        .hasMessageContaining("test first");
    assertThatThrownBy(() -> yielding("third", "/{x}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesTheValuesOfParameters() throws Exception {
    RouteTable table = table(route("r", "/a/{x}/f-{y}.txt"));

    Match match = table.find("GET", "/a/1 2/f-%.txt", HttpFields.EMPTY);

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
    RouteTable table = table(route("one", "/a/{x}", "GET", "POST"));

    assertThatThrownBy(() -> table.with(route("channel_rest two", "/a/{y}", "POST")))
        .isInstanceOf(RouteConflictException.class)
        .hasMessage("POST /a/{y} is taken by test one (/a/{x})");
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

  private static TrafficRoute spanning(String owner, String path) {
    return new TrafficRoute(
        "test", owner, PathTemplate.parse(path, true), TrafficRoute.ANY_METHOD, exchange -> {});
  }

  @Test
  void aParameterMaySpanSlashesAndTakesWhatNobodyElseTakes() throws Exception {
    RouteTable table =
        table(
            spanning("all", "/f/{path}"),
            spanning("meta", "/f/{path}/meta"),
            route("one", "/f/{name}"),
            route("text", "/f/x/y"));

    assertThat(owner(table, "GET", "/f/a")).isEqualTo("one");
    assertThat(owner(table, "GET", "/f/x/y")).isEqualTo("text");
    assertThat(owner(table, "GET", "/f/x/z")).isEqualTo("all");
    assertThat(owner(table, "GET", "/f/a/b/meta")).isEqualTo("all");
    assertThat(owner(table, "GET", "/f")).isEqualTo("nobody");
    assertThat(table.find("GET", "/f/a/b/c", HttpFields.EMPTY).parameters())
        .isEqualTo(Map.of("path", "a/b/c"));
    assertThat(table.methods("/f/a/b")).contains("GET");
  }

  @Test
  void whatFollowsASpanningParameterStillCounts() throws Exception {
    RouteTable table = table(spanning("meta", "/f/{path}/meta"));

    assertThat(table.find("GET", "/f/a/b/meta", HttpFields.EMPTY).parameters())
        .isEqualTo(Map.of("path", "a/b"));
    assertThat(table.find("GET", "/f/a/meta/meta", HttpFields.EMPTY).parameters())
        .isEqualTo(Map.of("path", "a/meta"));
    assertThat(owner(table, "GET", "/f/meta")).isEqualTo("nobody");
    assertThat(owner(table, "GET", "/f/a/b")).isEqualTo("nobody");
  }

  private static TrafficRoute typed(String owner, String path, String accept) {
    return new TrafficRoute(
        "test", owner, PathTemplate.parse(path), Set.of("GET"), accept, exchange -> {}, null);
  }

  private static String owner(RouteTable table, String path, HttpFields headers) {
    Match match = table.find("GET", path, headers);
    return match == null ? "nobody" : match.route().name();
  }

  private static HttpFields accept(String value) {
    return HttpFields.build().put(HttpHeader.ACCEPT, value);
  }

  @Test
  void routesMayDifferInWhatCallersAccept() throws Exception {
    RouteTable table =
        table(
            typed("json", "/a/{x}", "application/json"), typed("xml", "/a/{y}", "application/xml"));

    assertThat(owner(table, "/a/1", accept("application/xml"))).isEqualTo("xml");
    assertThat(owner(table, "/a/1", accept("application/json;q=0.2, application/xml;q=0.1")))
        .isEqualTo("json");
    assertThat(owner(table, "/a/1", accept("*/*;q=0.5, application/json;q=0"))).isEqualTo("xml");
    assertThat(owner(table, "/a/1", HttpFields.EMPTY)).isEqualTo("json");
    assertThat(owner(table, "/a/1", accept("text/csv"))).isEqualTo("nobody");
    assertThat(table.find("GET", "/a/1", accept("application/xml")).parameters())
        .isEqualTo(Map.of("y", "1"));
    assertThatThrownBy(() -> table.with(typed("more", "/a/{z}", "application/xml")))
        .isInstanceOf(RouteConflictException.class)
        .hasMessageContaining("taken by test xml");
    RouteTable any = table.with(typed("any", "/a/{z}", "*/*"));
    assertThat(owner(any, "/a/1", accept("text/csv"))).isEqualTo("any");
    assertThat(owner(any, "/a/1", HttpFields.EMPTY)).isEqualTo("any");
    assertThat(owner(any, "/a/1", accept("*/*"))).isEqualTo("any");
    assertThat(owner(any, "/a/1", accept("application/xml, */*"))).isEqualTo("xml");
  }

  @Test
  void onlyAChoiceOfTypesIsNegotiated() throws Exception {
    RouteTable table = table(route("one", "/a"), typed("json", "/b", "application/json"));

    assertThat(table.find("GET", "/a", accept("text/csv")).negotiated()).isFalse();
    assertThat(table.find("GET", "/b", HttpFields.EMPTY).negotiated()).isTrue();
  }
}
