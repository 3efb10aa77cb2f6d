package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.objects.Ping;

/**
 * Says whether the system behind a connection answers.
 *
 * @param objects the configured objects
 */
record PingAnswer(ObjectStore objects) {

  /**
   * Reaches for it and answers: {@code {"status":"reached","millis":1.2,"details":"..."}}.
   *
   * @throws Problem 404 if there is no such object, 409 if it can't be tried, 502 with the reason
   *     if the system was not reached
   */
  void write(String kind, String name, HttpServletResponse response) throws IOException, Problem {
    Ping ping =
        objects
            .ping(kind, name)
            .orElseThrow(() -> new Problem(404, "There is no " + kind + " " + name));
    switch (ping.status()) {
      case NOT_TRIED -> throw new Problem(409, ping.details());
      case NOT_REACHED -> throw new Problem(502, ping.details());
      case REACHED -> {
        Map<String, Object> reached = new LinkedHashMap<>();
        reached.put("status", "reached");
        reached.put("millis", ping.millis());
        reached.put("details", ping.details());
        Json.answer(response, 200, reached);
      }
    }
  }
}
