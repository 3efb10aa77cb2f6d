package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What services have beside answering: several calls at once, user configuration, hooks. */
@ExtendWith(ServerExtension.class)
class ToolboxIT {

  private final Server server;
  private final Client client;

  ToolboxIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  private HttpResponse<String> deploy(String name, String source) {
    return client.deploy(name, source.replace("NAME", name));
  }

  private String invoke(String service) {
    return client.apiPost("/services/" + service + "/invoke", "").body();
  }

  @Test
  void whoWaitsForManyCallsDoesNotBlockThePool() {
    String name = Sources.unique("Forks");
    HttpResponse<String> deployed =
        deploy(
            name,
            """
            import org.caravanserai.api.*;

            public class NAME {
              @ServiceName("toolbox.NAME.fork")
              public static class Fork implements Service<Integer, Integer> {
                public Integer handle(Integer depth, Context context) {
                  if (depth == 0) {
                    return 1;
                  }
                  ParallelCalls calls = context.parallel();
                  for (int i = 0; i < 6; i++) {
                    calls = calls.call("toolbox.NAME.fork", depth - 1);
                  }
                  return calls.await().stream().mapToInt(each -> each.response(Integer.class)).sum();
                }
              }
            }
            """);
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);

    HttpResponse<String> answer = client.apiPost("/services/toolbox." + name + ".fork/invoke", "4");

    assertThat(answer.body().strip()).isEqualTo("1296");
  }

  @Test
  void configurationIsReadAnewAndABrokenFileChangesNothing() throws IOException {
    String name = Sources.unique("Config");
    HttpResponse<String> deployed =
        deploy(
            name,
            """
            import org.caravanserai.api.*;

            @ServiceName("toolbox.NAME")
            public class NAME implements Service<Void, String> {
              public String handle(Void nothing, Context context) {
                return context.config("NAME").get("db.port", Integer.class).toString();
              }
            }
            """);
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    assertThat(invoke("toolbox." + name)).contains("There is no user configuration " + name);
    Path file = server.data().resolve("user-conf").resolve(name + ".yaml");

    Files.writeString(file, "db: {port: 1}");
    await().until(() -> invoke("toolbox." + name).strip().equals("1"));
    Files.writeString(file, "db: {port: 2}\nother: [");
    await().until(() -> client.apiGet("/config/files").body().contains(name + ".yaml"));
    assertThat(invoke("toolbox." + name).strip()).isEqualTo("1");
    Files.writeString(file, "db: {port: 3}");
    await().until(() -> invoke("toolbox." + name).strip().equals("3"));
    Files.delete(file);
    await().until(() -> invoke("toolbox." + name).contains("There is no user configuration"));
  }

  @Test
  void routesHaveTheirPropertiesFromUserConfiguration() throws IOException {
    String name = Sources.unique("route").toLowerCase(java.util.Locale.ROOT);
    Files.writeString(
        server.data().resolve("user-conf").resolve(name + ".properties"), "greeting.word = Salaam");
    String route =
        """
        - route:
            from:
              uri: platform-http:/toolbox/NAME
              steps:
                - setBody:
                    constant: "{{NAME.greeting.word}}"
        """
            .replace("NAME", name);

    await().until(() -> client.deploy(name, route).statusCode() < 300);

    await().until(() -> client.get("/toolbox/" + name).body().equals("Salaam"));
  }

  @Test
  void aServiceMayRefuseToBeDeployed() {
    String name = Sources.unique("Refusing");
    String source =
        """
        import org.caravanserai.api.*;

        @ServiceName("toolbox.NAME")
        public class NAME implements Service<Void, String>, RevisionHooks {
          public String handle(Void nothing, Context context) {
            return "one";
          }

          @Override
          public void onDeploy() {
            // here
          }
        }
        """;
    assertThat(deploy(name, source).statusCode()).isEqualTo(201);

    String refusing = source.replace("// here", "throw new IllegalStateException(\"no licence\");");
    HttpResponse<String> trial =
        client.apiPost("/deployments/" + name + "?dryRun=true", refusing.replace("NAME", name));
    HttpResponse<String> refused = deploy(name, refusing);

    assertThat(trial.statusCode()).as(trial.body()).isEqualTo(200);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("onDeploy()").contains("refused: no licence");
    assertThat(Client.json(refused).path("diagnostics").get(0).path("line").asInt()).isEqualTo(11);
    assertThat(invoke("toolbox." + name).strip()).contains("one");
  }
}
