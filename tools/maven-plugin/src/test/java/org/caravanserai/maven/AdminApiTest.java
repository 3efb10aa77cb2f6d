package org.caravanserai.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminApiTest {

  private static final byte[] BODY = "body".getBytes(StandardCharsets.UTF_8);

  @Test
  void aRequestSaysWhoAsksAndGoesBelowTheApi() throws Exception {
    try (Answering server = new Answering(200, "{\"a\":1}")) {
      Answer answer =
          server.api().post("/services/" + AdminApi.segment("a b/c") + "/invoke", "x/y", BODY, "f");
      assertThat(answer.json().path("a").asInt()).isEqualTo(1);
      Answering.Request request = server.requests().get(0);
      assertThat(request.line()).isEqualTo("POST /api/v1/services/a%20b%2Fc/invoke");
      assertThat(request.authorization()).isEqualTo("Basic YW5uOnNlY3JldA==");
      assertThat(request.contentType()).isEqualTo("x/y");
      assertThat(request.body()).isEqualTo(BODY);
    }
  }

  @Test
  void aTokenIsABearer() throws Exception {
    try (Answering server = new Answering(200, "{}")) {
      new AdminApi(server.url() + "/", Credentials.bearer("abc", "file"))
          .post("/x", "x/y", BODY, "f");
      assertThat(server.requests().get(0).authorization()).isEqualTo("Bearer abc");
    }
  }

  @Test
  void nobodyIsToldHowToSayWhoHeIs() throws Exception {
    try (Answering server = new Answering(401, "{\"detail\":\"Log in\",\"cid\":\"c\"}")) {
      AdminApi api = new AdminApi(server.url(), Credentials.NOBODY);
      assertThatThrownBy(() -> api.post("/x", "x/y", BODY, "f"))
          .hasMessageContaining("-Dserai.password=")
          .hasMessageContaining("settings.xml")
          .hasMessageContaining("-Dserai.token.file=");
      assertThat(server.requests().get(0).authorization()).isEmpty();
    }
  }

  @Test
  void whoeverIsNotLetInIsNamedWithoutHisPassword() throws Exception {
    try (Answering server = new Answering(401, "{\"detail\":\"Log in\",\"cid\":\"c\"}")) {
      assertThatThrownBy(() -> server.api().post("/x", "x/y", BODY, "f"))
          .hasMessageContaining("does not let in ann")
          .hasMessageNotContainingAny("secret", "Basic");
    }
  }

  @Test
  void whatIsNotAllowedSaysWhy() throws Exception {
    try (Answering server =
        new Answering(403, "{\"detail\":\"deploying needs developer\",\"cid\":\"c\"}")) {
      assertThatThrownBy(() -> server.api().post("/x", "x/y", BODY, "f"))
          .hasMessage("Not allowed for ann: deploying needs developer");
    }
  }

  @Test
  void placesAreToldAsCompilersDo() throws Exception {
    String refusal =
        """
        {"title":"Rejected at link","status":"rejected","stage":"link","cid":"c","diagnostics":[
          {"file":"x","line":3,"column":5,"severity":"error","message":"no such class"},
          {"file":"x","line":0,"column":0,"severity":"warning","message":"odd"}]}
        """;
    try (Answering server = new Answering(422, refusal)) {
      assertThatThrownBy(() -> server.api().post("/x", "x/y", BODY, "a/b.jar"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              """
              a/b.jar refused at link; what was live is live still
              a/b.jar:3:5: error: no such class
              a/b.jar: warning: odd\
              """);
    }
  }

  @Test
  void anyOtherRefusalHasItsCorrelationId() throws Exception {
    try (Answering server =
        new Answering(507, "{\"detail\":\"The disk is full\",\"cid\":\"c7\"}")) {
      assertThatThrownBy(() -> server.api().post("/x", "x/y", BODY, "f"))
          .hasMessage("The disk is full (status 507, cid c7)");
    }
  }

  @Test
  void anotherListenerIsNotTakenForTheServer() throws Exception {
    try (Answering server = new Answering(404, "<html>not here</html>")) {
      assertThatThrownBy(() -> server.api().post("/x", "x/y", BODY, "f"))
          .hasMessageContaining("status 404 and is no management listener")
          .hasMessageContaining("8183");
    }
  }

  @Test
  void whoIsNotThereIsToldSo() throws Exception {
    Answering gone = new Answering(200, "");
    gone.close();
    assertThatThrownBy(() -> gone.api().post("/x", "x/y", BODY, "f"))
        .hasMessageContaining("No server answers at " + gone.url())
        .hasMessageContaining("bin/start")
        .hasMessageContaining("-Dserai.url=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1:8183", "localhost", "ftp://host", "http://", "http:/x", "a b", ""})
  void whatIsNoAddressIsRefused(String url) {
    assertThatThrownBy(() -> new AdminApi(url, Credentials.NOBODY))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("serai.url is not like");
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com:8183, true",
    "http://127.0.0.1.example.com, true",
    "http://10.0.0.1:8183, true",
    "https://example.com:8183, false",
    "http://127.0.0.1:8183, false",
    "http://localhost:8183, false",
    "http://[::1]:8183, false"
  })
  void aPasswordThatANetworkWouldSeeIsNoticed(String url, boolean inTheClear) throws Exception {
    assertThat(new AdminApi(url, Credentials.basic("ann", "secret")).isInTheClear())
        .isEqualTo(inTheClear);
    assertThat(new AdminApi(url, Credentials.NOBODY).isInTheClear()).isFalse();
  }

  @Test
  void whatIsNoTextIsTold() throws IOException {
    assertThat(new Answer(200, "application/json", BODY).text()).isEqualTo("body");
    assertThat(new Answer(200, "text/plain;charset=utf-8", BODY).text()).isEqualTo("body");
    assertThat(new Answer(200, "application/pdf", BODY).text())
        .isEqualTo("4 bytes of application/pdf");
  }
}
