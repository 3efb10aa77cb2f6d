package org.caravanserai.benchmarks.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.load.Answer;
import org.caravanserai.benchmarks.load.Connection;

/** Node-RED with three tabs of flows. */
public final class NodeRed implements Changing {

  private final Launched launched;

  /** Starts it. */
  public NodeRed(Bench bench) throws IOException, InterruptedException {
    Path folder = bench.folder("node-red");
    Path home = bench.peers().resolve("node-red");
    int port = Ports.free(1).get(0);
    Files.copy(home.resolve("settings.js"), folder.resolve("settings.js"));
    Files.writeString(folder.resolve("flows.json"), flows(0));
    List<String> command =
        List.of(
            "node",
            home.resolve("node_modules/node-red/red.js").toString(),
            "--userDir",
            folder.toString(),
            "--settings",
            folder.resolve("settings.js").toString(),
            "--port",
            Integer.toString(port));
    launched =
        Launched.start(
            new Launch("Node-RED", command, Map.of(), folder.resolve("log"), port, "/neighbour"));
  }

  @Override
  public Launched process() {
    return launched;
  }

  /** Deploys the tab that changes, as its editor does with "modified flows". */
  @Override
  public void change(int revision) throws IOException {
    String headers = "Content-Type: application/json\r\nNode-RED-Deployment-Type: flows\r\n";
    byte[] flows = flows(revision).getBytes(StandardCharsets.UTF_8);
    try (Connection connection = launched.connect()) {
      Answer answer = connection.send("POST", "/flows", headers, flows);
      if (answer.status() / 100 != 2) {
        throw new IOException("Node-RED: " + answer);
      }
    }
  }

  private static String flows(int revision) {
    return "["
        + flow("hello", "post", "{greeting: 'Hello, ' + msg.payload.name}")
        + ","
        + flow("neighbour", "get", "{revision: 0}")
        + ","
        + flow("changed", "get", "{revision: " + revision + "}")
        + "]";
  }

  private static String flow(String name, String method, String answer) {
    return """
        {"id":"%1$s","type":"tab","label":"%1$s"},
        {"id":"%1$s-1","type":"http in","z":"%1$s","url":"/%1$s","method":"%2$s","wires":[["%1$s-2"]]},
        {"id":"%1$s-2","type":"function","z":"%1$s","func":"msg.payload = %3$s; return msg;","outputs":1,"wires":[["%1$s-3"]]},
        {"id":"%1$s-3","type":"http response","z":"%1$s","headers":{},"wires":[]}\
        """
        .formatted(name, method, answer);
  }

  @Override
  public void close() {
    launched.close();
  }
}
