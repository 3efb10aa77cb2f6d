package org.caravanserai.maven;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The place on a server where a project's services and objects go. */
final class Target {

  private final AdminApi api;
  private final String name;
  private final boolean dryRun;

  /**
   * A deployment of a server.
   *
   * @param name its name
   * @param dryRun whether the server only tells what would happen
   */
  Target(AdminApi api, String name, boolean dryRun) {
    this.api = api;
    this.name = name;
    this.dryRun = dryRun;
  }

  /**
   * Makes a jar of services live.
   *
   * @param file the jar's name
   * @return what has happened, in one line
   * @throws RefusedException if it is refused; what was live goes on
   */
  String deploy(byte[] jar, String file) throws RefusedException {
    String path = "/deployments/" + AdminApi.segment(name) + "?dryRun=" + dryRun;
    JsonNode live = api.post(path, "application/octet-stream", jar, file).json();
    List<String> services = new ArrayList<>();
    live.path("services").forEach(each -> services.add(each.asText()));
    String line =
        "%s %s: revision %d, services %s"
            .formatted(
                name,
                live.path("status").asText().replace('-', ' '),
                live.path("revision").asInt(),
                services);
    double millis = 0;
    for (JsonNode each : live.path("timings")) {
      millis += each.asDouble();
    }
    return millis == 0 ? line : line + String.format(Locale.ROOT, " (%.0f ms)", millis);
  }

  /**
   * Makes objects what a file says, all of them or none.
   *
   * @param yaml the file
   * @param file its name
   * @return what has happened: a line, and one for each thing that was overlooked
   * @throws RefusedException if it is refused; nothing has changed
   */
  List<String> importObjects(byte[] yaml, String file) throws RefusedException {
    JsonNode result =
        api.post("/config/import?dryRun=" + dryRun, "application/yaml", yaml, file).json();
    List<String> changes = new ArrayList<>();
    for (String each : List.of("added", "changed")) {
      result.path(each).forEach(object -> changes.add(each + " " + object.asText()));
    }
    String what = changes.isEmpty() ? "nothing to change" : String.join(", ", changes);
    List<String> lines = new ArrayList<>();
    lines.add(file + (dryRun && !changes.isEmpty() ? " would be: " : ": ") + what);
    for (JsonNode each : result.path("warnings")) {
      lines.add(
          "%s:%d:%d: warning: %s"
              .formatted(
                  file,
                  each.path("line").asInt(),
                  each.path("column").asInt(),
                  each.path("message").asText()));
    }
    return lines;
  }
}
