package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.caravanserai.objects.ObjectStore;

/**
 * Does with an object what its kind can do.
 *
 * @param objects the configured objects
 * @param actions what can be done
 */
record ActionAnswer(ObjectStore objects, ObjectActions actions) {

  /**
   * Does it and answers {@code {"status":"done","details":"..."}}.
   *
   * @throws Problem 404 if there is no such object or action, 409 if the object has no use for it
   */
  void write(String kind, String name, String action, HttpServletResponse response)
      throws IOException, Problem {
    if (objects.find(kind, name).isEmpty()) {
      throw new Problem(404, "There is no " + kind + " " + name);
    }
    String details =
        actions
            .find(kind, action)
            .orElseThrow(() -> new Problem(404, "Nobody can " + action + " a " + kind))
            .run(name)
            .orElseThrow(
                () -> new Problem(409, kind + " " + name + " has no use for " + action + " now"));
    Json.answer(response, 200, Map.of("status", "done", "details", details));
  }
}
