package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** A resource of the admin API that can only be looked at. */
abstract class ReadOnlyServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  /** What there is to see now. */
  abstract Object look();

  @Override
  final void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (!method.equals("GET")) {
      throw wrongMethod(response, "GET, HEAD");
    }
    Json.answer(response, 200, look());
  }
}
