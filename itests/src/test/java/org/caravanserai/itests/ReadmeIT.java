package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the README tells a newcomer to do. */
@ExtendWith(ServerExtension.class)
class ReadmeIT {

  private final Server server;

  ReadmeIT(Server server) {
    this.server = server;
  }

  @Test
  void hisOwnServiceAnswers() throws IOException {
    Client client = server.client();
    String readme = Files.readString(Path.of("../README.md"));
    server.save("Add.java", block(readme, "```java\n"));
    server.save("serai-add.yaml", block(readme, "```yaml\n"));

    await().until(() -> client.get("/add/2?b=3").statusCode() == 200);
    assertThat(client.get("/add/2?b=3").body()).isEqualTo("{\"sum\":5}");
    HttpResponse<String> wrong = client.post("/add/2", "{\"b\":\"x\"}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(Client.json(wrong).path("details").asText())
        .startsWith("/b: expected a whole number");
  }

  @Test
  void quickstartChecksItself() throws IOException {
    int[] ports = Server.freePorts(4);
    ScriptResult result =
        ScriptResult.of(
            Path.of("../quickstart"),
            List.of("--check"),
            Map.of(
                "SERAI_HTTP_PORT", "" + ports[0],
                "SERAI_MANAGEMENT_PORT", "" + ports[1],
                "SERAI_SSH_PORT", "" + ports[2],
                "SERAI_BROKER_PORT", "" + ports[3]),
            Duration.ofMinutes(3));
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("{\"greeting\":\"Hello, Ada\"}")
        .contains("http://127.0.0.1:" + ports[1])
        .containsPattern("admin, password [A-Za-z0-9]{24}");
  }

  private static String block(String markdown, String fence) {
    int begin = markdown.indexOf(fence) + fence.length();
    return markdown.substring(begin, markdown.indexOf("```", begin));
  }
}
