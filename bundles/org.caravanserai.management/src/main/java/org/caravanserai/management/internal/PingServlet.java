package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.caravanserai.objects.ObjectStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code POST /api/v1/objects/KIND/NAME/ping}. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/objects/*")
public final class PingServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  private final transient PingAnswer pings;

  /** Made by the container. */
  @Activate
  public PingServlet(@Reference ObjectStore objects) {
    this.pings = new PingAnswer(objects);
  }

  @Override
  void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (path.size() != 3 || !path.get(2).equals("ping")) {
      throw nothingHere();
    }
    if (!method.equals("POST")) {
      throw wrongMethod(response, "POST");
    }
    pings.write(path.get(0), path.get(1), response);
  }
}
