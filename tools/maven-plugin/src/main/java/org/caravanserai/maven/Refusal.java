package org.caravanserai.maven;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A refusal of a server, for the one who runs Maven.
 *
 * @param server the server's address
 * @param credentials who asked
 * @param answer the problem document (RFC 9457), or whatever came instead
 * @param file what was sent, as its author knows it
 */
record Refusal(URI server, Credentials credentials, Answer answer, String file) {

  /** Why, and what to do next. */
  String words() {
    JsonNode problem = answer.json();
    if (answer.status() == 401) {
      return unknownUser();
    }
    if (!problem.has("cid")) {
      return server
          + " answers with status "
          + answer.status()
          + " and is no management listener of a server: serai.url is the address with"
          + " SERAI_MANAGEMENT_PORT, by default 8183";
    }
    if (answer.status() == 403) {
      return "Not allowed for " + credentials + ": " + detail(problem);
    }
    List<String> places = places(problem.path("diagnostics"));
    if (!places.isEmpty()) {
      String stage = problem.path("stage").asText("");
      String title = stage.isEmpty() ? "refused" : "refused at " + stage;
      return file + " " + title + "; what was live is live still\n" + String.join("\n", places);
    }
    return detail(problem) + " (status " + answer.status() + ", cid " + text(problem, "cid") + ")";
  }

  private String unknownUser() {
    if (credentials.authorization().isEmpty()) {
      return server
          + " wants to know who asks: give -Dserai.password= (and -Dserai.username=, else it is"
          + " admin), or a <server> with the id serai in settings.xml, or -Dserai.token.file= with"
          + " the server's data/security/token";
    }
    return server
        + " does not let in "
        + credentials
        + ": the name, the password or the token is not one of this server";
  }

  private List<String> places(JsonNode diagnostics) {
    List<String> lines = new ArrayList<>();
    for (JsonNode each : diagnostics) {
      int line = each.path("line").asInt();
      String place = line == 0 ? file : file + ":" + line + ":" + each.path("column").asInt();
      lines.add(place + ": " + text(each, "severity") + ": " + text(each, "message"));
    }
    return lines;
  }

  private static String detail(JsonNode problem) {
    String detail = text(problem, "detail");
    return detail.isEmpty() ? text(problem, "title") : detail;
  }

  private static String text(JsonNode node, String member) {
    return node.path(member).asText("");
  }
}
