package org.caravanserai.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.caravanserai.benchmarks.Bench;

/** Camel Main with three routes of YAML, which it reloads when their file changes. */
public final class CamelMain implements Changing {

  private final Path routes;
  private final Launched launched;

  /** Starts it. */
  public CamelMain(Bench bench) throws IOException, InterruptedException {
    Path folder = bench.folder("camel");
    routes = Files.createDirectories(folder.resolve("routes"));
    Path home = bench.peers().resolve("camel/target");
    int port = Ports.free(1).get(0);
    write("hello", "{\"greeting\":\"Hello, Ada\"}");
    write("neighbour", "{\"revision\":0}");
    change(0);
    List<String> command =
        List.of(
            Launch.JAVA,
            "-Xmx512m",
            "-cp",
            home.resolve("classes") + ":" + home.resolve("lib") + "/*",
            "peer.CamelServer",
            Integer.toString(port),
            routes.toString());
    launched =
        Launched.start(
            new Launch("Camel Main", command, Map.of(), folder.resolve("log"), port, "/neighbour"));
  }

  @Override
  public Launched process() {
    return launched;
  }

  /** Saves the file of the route that changes. */
  @Override
  public void change(int revision) throws IOException {
    write("changed", "{\"revision\":" + revision + "}");
  }

  private void write(String name, String answer) throws IOException {
    String route =
        """
        - route:
            id: %1$s
            from:
              uri: platform-http:/%1$s
              steps:
                - setHeader:
                    name: Content-Type
                    constant: application/json
                - setBody:
                    constant: '%2$s'
        """
            .formatted(name, answer);
    Path temporary = routes.resolve(name + ".tmp");
    Files.writeString(temporary, route);
    Files.move(temporary, routes.resolve(name + ".camel.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    launched.close();
  }
}
