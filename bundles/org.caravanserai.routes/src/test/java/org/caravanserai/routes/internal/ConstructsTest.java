package org.caravanserai.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files of Camel users are made of, as YAML. */
class ConstructsTest {

  @TempDir static Path data;
  private static RoutesServer server;

  @BeforeAll
  static void start() {
    server = new RoutesServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Deploys routes and calls the service that the first of them is. */
  private static String answer(String service, String routes, Object input) {
    server.live(service, routes);
    return server.call(service, input);
  }

  private static String steps(String service, String steps) {
    return "- from:\n    uri: service:" + service + "\n    steps:\n" + steps.indent(6);
  }

  @Test
  void choiceAndFilter() {
    String routes =
        steps(
            "choosing",
            """
            - choice:
                when:
                  - simple: "${body} == 'a'"
                    steps: [ { setBody: { constant: first } } ]
                otherwise:
                  steps: [ { setBody: { constant: other } } ]
            - filter:
                simple: "${body} == 'other'"
                steps: [ { setBody: { simple: "${body}!" } } ]
            """);
    assertThat(answer("choosing", routes, "a")).isEqualTo("first");
    assertThat(server.call("choosing", "b")).isEqualTo("other!");
  }

  @Test
  void splitAndAggregateByBean() {
    assertThat(
            answer(
                "splitting",
                steps(
                    "splitting",
                    """
                    - split:
                        expression: { tokenize: { token: "," } }
                        aggregationStrategy: "#class:org.apache.camel.processor.aggregate.StringAggregationStrategy"
                        steps: [ { setBody: { simple: "<${body}>" } } ]
                    """),
                "a,b"))
        .isEqualTo("<a><b>");
  }

  @Test
  void tryCatchAndOnException() {
    assertThat(
            answer(
                "trying",
                steps(
                    "trying",
                    """
                    - doTry:
                        steps:
                          - throwException: { exceptionType: java.io.IOException, message: away }
                        doCatch:
                          - exception: [ java.io.IOException ]
                            steps: [ { setBody: { simple: "caught ${exception.message}" } } ]
                    """),
                ""))
        .isEqualTo("caught away");
    assertThat(
            answer(
                "handled",
                """
                - onException:
                    exception: [ java.lang.IllegalStateException ]
                    handled: { constant: true }
                    steps: [ { setBody: { constant: handled } } ]
                """
                    + steps(
                        "handled",
                        """
                        - throwException: { exceptionType: java.lang.IllegalStateException, message: x }
                        """),
                ""))
        .isEqualTo("handled");
  }

  @Test
  void anErrorHandlerThatTriesAgain() {
    assertThat(
            answer(
                "again",
                """
                - errorHandler:
                    deadLetterChannel:
                      deadLetterUri: direct:dead
                      redeliveryPolicy: { maximumRedeliveries: 2, redeliveryDelay: 1 }
                - from:
                    uri: direct:dead
                    steps: [ { setBody: { simple: "dead: ${exception.message}" } } ]
                """
                    + steps(
                        "again",
                        """
                        - throwException: { exceptionType: java.io.IOException, message: x }
                        """),
                ""))
        .isEqualTo("dead: x");
  }

  @Test
  void loopVariablesMulticastAndRecipients() {
    assertThat(
            answer(
                "many",
                steps(
                        "many",
                        """
                    - setVariable: { name: mark, constant: "+" }
                    - loop:
                        constant: 2
                        copy: false
                        steps: [ { setBody: { simple: "${body}${variable.mark}" } } ]
                    - multicast:
                        steps: [ { to: direct:one }, { to: direct:two } ]
                    - recipientList: { simple: "direct:${body}" }
                    - toD: "direct:${body}"
                    """)
                    + """
                - from: { uri: direct:one, steps: [ { setBody: { constant: one } } ] }
                - from: { uri: direct:two, steps: [ { setBody: { constant: three } } ] }
                - from: { uri: direct:three, steps: [ { setBody: { constant: four } } ] }
                - from: { uri: direct:four, steps: [ { setBody: { constant: end } } ] }
                """,
                "x"))
        .isEqualTo("end");
  }

  @Test
  void templatesAndConfigurations() {
    assertThat(
            answer(
                "templated",
                """
                - routeTemplate:
                    id: greeter
                    parameters: [ { name: word }, { name: mark, defaultValue: "!" } ]
                    from:
                      uri: direct:greeter
                      steps: [ { setBody: { simple: "{{word}} ${body}{{mark}}" } } ]
                - templatedRoute:
                    routeTemplateRef: greeter
                    parameters: [ { name: word, value: Hello } ]
                - routeConfiguration:
                    onException:
                      - onException:
                          exception: [ java.io.IOException ]
                          handled: { constant: "true" }
                """
                    + steps("templated", "- to: direct:greeter\n"),
                "Ada"))
        .isEqualTo("Hello Ada!");
  }

  @Test
  void beansWithPropertiesAndDelays() {
    assertThat(
            answer(
                "beans",
                """
                - beans:
                    - name: words
                      type: java.util.Date
                      properties: { time: 7 }
                """
                    + steps(
                        "beans",
                        """
                        - delay: { constant: 1 }
                        - wireTap: { uri: "log:taps?level=DEBUG" }
                        - bean: { ref: words, method: getTime }
                        - transform: { simple: "${body} and transformed" }
                        """),
                "x"))
        .isEqualTo("7 and transformed");
  }
}
