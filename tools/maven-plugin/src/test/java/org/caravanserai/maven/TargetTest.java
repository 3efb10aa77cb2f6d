package org.caravanserai.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TargetTest {

  private static final String LIVE =
      """
      {"status":"live","revision":7,"services":["a.b","a.c"],
       "timings":{"compileMs":4.5,"installMs":5.5,"switchMs":0.6,"persistMs":1.6}}
      """;

  @Test
  void whatIsLiveIsToldInOneLine() throws Exception {
    try (Answering server = new Answering(201, LIVE)) {
      Target target = new Target(server.api(), "hello", false);
      assertThat(target.deploy(new byte[] {1, 2}, "hello.jar"))
          .isEqualTo("hello live: revision 7, services [a.b, a.c] (12 ms)");
      assertThat(server.requests().get(0).line())
          .isEqualTo("POST /api/v1/deployments/hello?dryRun=false");
      assertThat(server.requests().get(0).body()).containsExactly(1, 2);
    }
  }

  @Test
  void aDryRunAsksAndTellsWhatWouldBe() throws Exception {
    try (Answering server = new Answering(200, LIVE.replace("live", "would-be-live"))) {
      Target target = new Target(server.api(), "hello", true);
      assertThat(target.deploy(new byte[0], "hello.jar"))
          .startsWith("hello would be live: revision 7");
      assertThat(server.requests().get(0).line()).endsWith("?dryRun=true");
    }
  }

  @Test
  void objectsAreToldAndWhatWasOverlooked() throws Exception {
    String result =
        """
        {"added":["channel_rest/a"],"changed":["security/b"],"removed":[],"unchanged":["x/y"],
         "warnings":[{"file":"import","line":2,"column":3,"severity":"warning","message":"old"}]}
        """;
    try (Answering server = new Answering(200, result)) {
      Target target = new Target(server.api(), "hello", false);
      assertThat(target.importObjects(new byte[] {3}, "serai.yaml"))
          .containsExactly(
              "serai.yaml: added channel_rest/a, changed security/b",
              "serai.yaml:2:3: warning: old");
      assertThat(server.requests().get(0).line())
          .isEqualTo("POST /api/v1/config/import?dryRun=false");
    }
  }

  @Test
  void objectsThatAreThereAreNothingToChange() throws Exception {
    try (Answering server = new Answering(200, "{\"added\":[],\"unchanged\":[\"x/y\"]}")) {
      assertThat(new Target(server.api(), "hello", true).importObjects(new byte[0], "serai.yaml"))
          .containsExactly("serai.yaml: nothing to change");
    }
  }

  @Test
  void refusedObjectsNameTheFileOfTheProject() throws Exception {
    String refusal =
        """
        {"status":422,"cid":"c","diagnostics":[
          {"file":"import","line":2,"column":5,"severity":"error","message":"unknown field"}]}
        """;
    try (Answering server = new Answering(422, refusal)) {
      assertThatThrownBy(
              () ->
                  new Target(server.api(), "hello", false).importObjects(new byte[0], "serai.yaml"))
          .hasMessage(
              "serai.yaml refused; what was live is live still\n"
                  + "serai.yaml:2:5: error: unknown field");
    }
  }
}
