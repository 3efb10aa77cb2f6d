package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.spi.Diagnostic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes live of a file with routes, and what is said of one that does not. */
class RouteFilesTest {

  @TempDir static Path data;
  private static RoutesServer server;

  @BeforeAll
  static void start() {
    server = new RoutesServer(data, Map.of("property.greeting", "Hello", "other", "x"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String yaml(String service, String expression) {
    return """
    - route:
        id: main
        from:
          uri: service:%s
          steps:
            - setBody:
                simple: "%s"
    """
        .formatted(service, expression);
  }

  @Test
  void yamlGoesLiveAndTheRouteIsTheService() {
    Live live = server.live("greet", yaml("greet.yaml", "{{greeting}} ${body}"));

    assertThat(live.services()).containsExactly("greet.yaml");
    assertThat(server.engine.find("greet").orElseThrow().parts()).containsExactly("greet#main");
    assertThat(server.call("greet.yaml", "Ada")).isEqualTo("Hello Ada");
  }

  @Test
  void xmlGoesLive() {
    server.live(
        "greet.xml",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- greets -->
        <routes xmlns="http://camel.apache.org/schema/spring">
          <route id="a"><from uri="service:greet.in.xml"/><to uri="direct:b"/></route>
          <route><from uri="direct:b"/><setBody><simple>Hi ${body}</simple></setBody></route>
        </routes>
        """);

    assertThat(server.engine.find("greet.xml").orElseThrow().parts())
        .containsExactly("greet.xml#a", "greet.xml#route2");
    assertThat(server.call("greet.in.xml", "Ada")).isEqualTo("Hi Ada");
  }

  @Test
  void javaGoesLive() {
    Live live =
        server.live(
            "greet.java",
            """
            import org.apache.camel.builder.RouteBuilder;

            public class Greetings extends RouteBuilder {
              @Override
              public void configure() {
                from("service:greet.in.java").routeId("j").bean(new Polite()).setBody(simple("${body}!"));
              }

              public static class Polite {
                public String greet(String name) { return "Good day, " + name; }
              }
            }
            """);

    assertThat(live.services()).containsExactly("greet.in.java");
    assertThat(server.call("greet.in.java", "Ada")).isEqualTo("Good day, Ada!");
    assertThat(server.engine.find("greet.java").orElseThrow().bundle()).isPresent();
  }

  @Test
  void beansAndTemplatesStandInTheFile() {
    server.live(
        "beans",
        """
        # a comment first
        - beans:
            - name: counter
              type: java.util.concurrent.atomic.AtomicInteger
        - routeTemplate:
            id: answering
            parameters:
              - name: text
            from:
              uri: service:beans.{{text}}
              steps:
                - setBody:
                    simple: "{{text}} ${bean:counter?method=incrementAndGet}"
        - templatedRoute:
            routeTemplateRef: answering
            routeId: first
            parameters:
              - name: text
                value: one
        - templatedRoute:
            routeTemplateRef: answering
            parameters:
              - name: text
                value: two
        """);

    assertThat(server.call("beans.one", "")).isEqualTo("one 1");
    assertThat(server.call("beans.two", "")).isEqualTo("two 2");
  }

  @Test
  void contextsDoNotSeeEachOther() {
    server.live(
        "first",
        """
        - onException:
            exception: [java.lang.Exception]
            handled: { constant: "true" }
            steps:
              - setBody: { constant: "handled" }
        - from:
            uri: service:first
            steps:
              - throwException: { exceptionType: java.lang.IllegalStateException, message: "no" }
        """);
    server.live(
        "second",
        """
        - from:
            uri: service:second
            steps:
              - throwException: { exceptionType: java.lang.IllegalStateException, message: "no" }
        """);

    assertThat(server.call("first", "")).isEqualTo("handled");
    assertThatThrownBy(() -> server.call("second", ""))
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.status()).isEqualTo(500));
  }

  @Test
  void aBrokenFileIsRefusedAtItsLineAndTouchesNothing() {
    server.live("broken", yaml("broken.one", "fine"));
    Rejected rejected =
        server.rejected("broken", yaml("broken.one", "fine").replace("steps:", "stepps:"));

    assertThat(rejected.stage()).isEqualTo("compile");
    assertThat(rejected.diagnostics())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.file()).isEqualTo("broken.camel.yaml");
              assertThat(each.line()).isEqualTo(5);
              assertThat(each.message()).contains("stepps");
            });
    assertThat(server.call("broken.one", "")).isEqualTo("fine");
  }

  @Test
  void yamlThatIsNoneIsRefusedAtItsLine() {
    Rejected rejected = server.rejected("noyaml", "- route:\n    id: [\n    from: x\n");

    assertThat(rejected.stage()).isEqualTo("compile");
    assertThat(rejected.diagnostics().get(0).line()).isPositive();
  }

  @Test
  void xmlThatIsNoneIsRefusedAtItsLine() {
    Rejected rejected =
        server.rejected("noxml", "<routes>\n  <route>\n    <from uri='direct:a'>\n</routes>\n");

    assertThat(rejected.stage()).isEqualTo("compile");
    assertThat(rejected.diagnostics().get(0).file()).isEqualTo("noxml.camel.xml");
    assertThat(rejected.diagnostics().get(0).line()).isPositive();
  }

  @Test
  void aMissingComponentIsNamedWithItsJarAndLine() {
    Rejected rejected =
        server.rejected(
            "missing",
            """
            - from:
                uri: direct:a
                steps:
                  - to: kafka:orders
            """);

    assertThat(rejected.stage()).isEqualTo("link");
    assertThat(rejected.diagnostics())
        .containsExactly(
            Diagnostic.error("missing.camel.yaml", 4, 13, MissingComponent.advice("kafka")));
    assertThat(MissingComponent.advice("kafka"))
        .startsWith("component kafka is missing: it comes with camel-kafka of Camel 4.14")
        .contains("folder lib");
    assertThat(MissingComponent.advice("sftp")).contains("camel-ftp");
  }

  @Test
  void aMissingLanguageOrDataFormatIsNamedToo() {
    assertThat(
            rejection(
                    "- from:\n    uri: direct:a\n    steps:\n      - setBody:\n          jq: .foo\n")
                .message())
        .startsWith("language jq is missing: it comes with camel-jq of Camel 4.14");
    assertThat(
            rejection(
                    "- from:\n    uri: direct:a\n    steps:\n      - unmarshal:\n          csv: {}\n")
                .message())
        .startsWith("data format csv is missing: it comes with camel-csv of Camel 4.14");
  }

  @Test
  void amissingPlaceholderOptionAndBeanAreNamed() {
    assertThat(rejection("- from:\n    uri: direct:{{nowhere}}\n    steps: [ { log: x } ]\n"))
        .satisfies(
            each -> {
              assertThat(each.message()).contains("nowhere");
              assertThat(each.line()).isEqualTo(2);
            });
    assertThat(rejection("- from:\n    uri: timer:x?nonsense=1\n    steps: [ { log: x } ]\n"))
        .satisfies(
            each -> {
              assertThat(each.message()).contains("nonsense");
              assertThat(each.line()).isEqualTo(2);
            });
    assertThat(
            rejection("- from:\n    uri: direct:x\n    steps:\n      - process: { ref: nobody }\n"))
        .satisfies(
            each -> {
              assertThat(each.message()).contains("nobody");
              assertThat(each.line()).isEqualTo(4);
            });
  }

  private static Diagnostic rejection(String source) {
    return server.rejected("rejected", source).diagnostics().get(0);
  }

  @Test
  void aFileWithoutRoutesIsRefused() {
    assertThat(rejection("- beans: []\n").message()).isEqualTo("there is no route in it");
  }

  @Test
  void aBuilderThatFailsIsRefusedAtItsLine() {
    Rejected rejected =
        server.rejected(
            "failing",
            """
            public class Failing extends org.apache.camel.builder.RouteBuilder {
              @Override
              public void configure() {
                throw new IllegalStateException("not today");
              }
            }
            """);

    assertThat(rejected.diagnostics())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.message()).isEqualTo("not today");
              assertThat(each.line()).isEqualTo(4);
            });
  }

  @Test
  void propertiesMayChangeForWhatIsDeployedLater(@TempDir Path own) {
    try (RoutesServer other = new RoutesServer(own, Map.of("property.text", "one"))) {
      other.live("old", yaml("old", "{{text}}"));
      other.files.modified(Map.of("property.text", "two"));
      other.live("new", yaml("new", "{{text}}"));

      assertThat(other.call("old", "")).isEqualTo("one");
      assertThat(other.call("new", "")).isEqualTo("two");
    }
  }

  @Test
  void aServiceOfAnotherDeploymentIsAConflict() {
    server.live("owner", yaml("owned", "mine"));

    assertThat(server.rejected("thief", yaml("owned", "yours")).stage()).isEqualTo("conflict");
    assertThat(server.call("owned", "")).isEqualTo("mine");
  }

  @Test
  void routesStandBesideServicesAndCallThem() {
    server.live(
        "upper",
        """
        import org.caravanserai.api.*;
        @ServiceName("upper")
        public class Upper implements Service<String, String> {
          @Override public String handle(String input, Context context) {
            return input.toUpperCase() + context.cid();
          }
        }
        """);
    server.live(
        "loud",
        """
        - from:
            uri: service:loud
            steps:
              - to: service:upper
        """);

    assertThat(server.call("loud", "hey ")).isEqualTo("HEY cid-1");
  }

  @Test
  void rollBackAndRestartBringRoutesBack(@TempDir Path own) throws Exception {
    Files.createDirectories(own);
    try (RoutesServer first = new RoutesServer(own)) {
      first.live("greet", yaml("again", "one"));
      first.live("greet", yaml("again", "two"));
      first.engine.rollback("greet", 1, false);
      assertThat(first.call("again", "")).isEqualTo("one");
    }
    try (RoutesServer second = new RoutesServer(own)) {
      org.awaitility.Awaitility.await().until(second.engine::restored);
      assertThat(second.call("again", "")).isEqualTo("one");
      assertThat(second.engine.find("greet").orElseThrow().revision()).isEqualTo(3);
    }
  }
}
