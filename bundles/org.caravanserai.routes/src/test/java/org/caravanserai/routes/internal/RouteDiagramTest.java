package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.camel.NodeFigures;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteEdge;
import org.caravanserai.camel.RouteNode;
import org.caravanserai.camel.RouteTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes as graphs, with what their processors have done. */
class RouteDiagramTest {

  @TempDir static Path data;
  private static RoutesServer server;

  @BeforeAll
  static void start() {
    server = new RoutesServer(data, Map.of("property.secret", "hidden", "property.target", "b"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RouteDiagram diagram(String name, String steps) {
    server.live(
        name,
        "- route:\n    id: r\n    from:\n      uri: service:"
            + name
            + "\n      steps:\n"
            + steps.indent(8));
    return server.routes.diagram(name + "#r").orElseThrow();
  }

  private static List<String> edges(RouteDiagram diagram) {
    return diagram.edges().stream().map(RouteDiagramTest::words).toList();
  }

  private static String words(RouteEdge edge) {
    String label = edge.label().isEmpty() ? "" : " " + edge.label();
    return edge.from() + " > " + edge.to() + label;
  }

  private static RouteNode node(RouteDiagram diagram, String id) {
    return diagram.nodes().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  private static NodeFigures figures(String name, String node) {
    return node(server.routes.diagram(name + "#r").orElseThrow(), node).figures().orElseThrow();
  }

  @Test
  void oneBranchOfAChoiceIsTaken() {
    RouteDiagram diagram =
        diagram(
            "choosing",
            """
            - choice:
                id: c
                when:
                  - id: w
                    simple: "${body} == 'a'"
                    steps: [ { setBody: { id: one, constant: first } } ]
                otherwise:
                  id: o
                  steps: [ { stop: { id: end } } ]
            - setBody: { id: last, constant: last }
            """);

    assertThat(edges(diagram))
        .containsExactly("from > c", "c > w", "w > one", "c > o", "o > end", "one > last");
    assertThat(node(diagram, "w").text()).isEqualTo("${body} == 'a'");
    assertThat(node(diagram, "one").parent()).hasValue("w");
    assertThat(node(diagram, "c").line()).hasValue(6);
    assertThat(server.call("choosing", "a")).isEqualTo("last");
    assertThat(server.call("choosing", "b")).isEqualTo("b");
    assertThat(figures("choosing", "c").exchanges()).isEqualTo(2);
    assertThat(figures("choosing", "w").exchanges()).isEqualTo(1);
    assertThat(figures("choosing", "o").exchanges()).isEqualTo(1);
    assertThat(figures("choosing", "last").exchanges()).isEqualTo(1);
    assertThat(figures("choosing", "from").exchanges()).isEqualTo(2);
  }

  @Test
  void whatPassesAChoiceWithoutOtherwiseIsDrawn() {
    assertThat(
            edges(
                diagram(
                    "passing",
                    """
                    - choice:
                        id: c
                        when:
                          - id: w
                            simple: "${body} == 'a'"
                            steps: [ { setBody: { id: one, constant: first } } ]
                    - filter:
                        id: f
                        simple: "${body} == 'b'"
                        steps: [ { setBody: { id: two, constant: second } } ]
                    - log: { id: l, message: x }
                    """)))
        .containsExactly(
            "from > c",
            "c > w",
            "w > one",
            "one > f",
            "c > f otherwise",
            "f > two",
            "two > l",
            "f > l otherwise");
  }

  @Test
  void copiesAndPartsDoNotComeBack() {
    RouteDiagram diagram =
        diagram(
            "copying",
            """
            - multicast:
                id: m
                steps:
                  - to: { id: a, uri: "mock:a" }
                  - to: { id: b, uri: "mock:{{target}}" }
            - split:
                id: s
                expression: { tokenize: { token: "," } }
                steps: [ { log: { id: part, message: x } } ]
            - log: { id: l, message: x }
            """);

    assertThat(edges(diagram))
        .containsExactly(
            "from > m",
            "m > a copy",
            "m > b copy",
            "m > s then",
            "s > part each part",
            "s > l then");
    server.call("copying", "1,2,3");
    assertThat(figures("copying", "part").exchanges()).isEqualTo(3);
    assertThat(figures("copying", "s").exchanges()).isEqualTo(1);
  }

  @Test
  void failuresGoToTheirCatchAndEverythingToTheEnd() {
    RouteDiagram diagram =
        diagram(
            "trying",
            """
            - doTry:
                id: t
                steps:
                  - throwException:
                      id: thrown
                      exceptionType: java.lang.IllegalStateException
                      message: no
                doCatch:
                  - id: c
                    exception: [ java.lang.IllegalStateException ]
                    steps: [ { setBody: { id: caught, constant: caught } } ]
                doFinally:
                  id: f
                  steps: [ { log: { id: l, message: x } } ]
            - log: { id: after, message: x }
            """);

    assertThat(edges(diagram))
        .containsExactly(
            "from > t",
            "t > thrown",
            "t > c on failure",
            "c > caught",
            "caught > f",
            "f > l",
            "l > after");
    assertThat(server.call("trying", "a")).isEqualTo("caught");
    assertThat(figures("trying", "thrown")).extracting(NodeFigures::failed).isEqualTo(1L);
    assertThat(figures("trying", "c").exchanges()).isEqualTo(1);
    assertThat(figures("trying", "after").failed()).isZero();
  }

  @Test
  void targetsAreNamedAndSecretsAreNot() {
    server.live(
        "targets-other",
        "- route:\n    id: o\n    from:\n      uri: direct:x\n      steps: [ { log: a } ]\n");
    RouteDiagram diagram =
        diagram(
            "targets",
            """
            - to: { id: service, uri: "service:other.service?exchangePattern=InOnly" }
            - to: { id: connection, uri: "connection:outgoing_rest/crm" }
            - to: { id: elsewhere, uri: "direct:x" }
            - to: { id: password, uri: "mock:{{secret}}?password=abc" }
            - setHeader: { id: header, name: h, simple: "{{secret}}" }
            """);

    assertThat(node(diagram, "from").target()).hasValue(new RouteTarget("service", "targets"));
    assertThat(node(diagram, "service").target())
        .hasValue(new RouteTarget("service", "other.service"));
    assertThat(node(diagram, "connection").target())
        .hasValue(new RouteTarget("connection", "outgoing_rest/crm"));
    assertThat(node(diagram, "elsewhere").target()).isEmpty();
    assertThat(node(diagram, "password").text()).isEqualTo("mock:{{secret}}?password=xxxxxx");
    assertThat(node(diagram, "header").text()).isEqualTo("h = {{secret}}");
    assertThat(diagram.toString()).doesNotContain("hidden");
  }

  @Test
  void handlersOfFailuresStandBesideTheRoute() {
    server.live(
        "handled",
        """
        - onException:
            id: e
            exception: [ java.lang.IllegalStateException ]
            handled: { constant: "true" }
            steps: [ { setBody: { id: kept, constant: kept } } ]
        - route:
            id: r
            from:
              uri: service:handled
              steps:
                - throwException: { id: t, exceptionType: java.lang.IllegalStateException, message: x }
        """);
    assertThat(server.call("handled", "a")).isEqualTo("kept");

    RouteDiagram diagram = server.routes.diagram("handled#r").orElseThrow();
    assertThat(edges(diagram)).containsExactly("from > t", "from > e on failure", "e > kept");
    assertThat(figures("handled", "kept").exchanges()).isEqualTo(1);
  }

  @Test
  void nothingIsDrawnOfWhatIsNotThere() {
    assertThat(server.routes.diagram("missing#r")).isEmpty();
    assertThat(server.routes.diagram("missing")).isEmpty();
    assertThat(server.routes.tracing("missing#r")).isEqualTo(Optional.empty());
    server.live("limits", "- from:\n    uri: service:limits\n    steps: [ { log: a } ]\n");
    assertThatThrownBy(
            () ->
                server
                    .routes
                    .tracing("limits#route1")
                    .orElseThrow()
                    .start(Optional.of(101), Optional.empty(), "ann"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("messages is from 1 to 100");
  }
}
