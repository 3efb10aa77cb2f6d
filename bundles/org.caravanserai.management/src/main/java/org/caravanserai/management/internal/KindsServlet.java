package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.ObjectStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The kinds of objects, and the JSON Schema of each. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/kinds/*")
public final class KindsServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  private final transient ObjectStore objects;

  /** Made by the container. */
  @Activate
  public KindsServlet(@Reference ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (path.size() > 1) {
      throw nothingHere();
    }
    if (!method.equals("GET")) {
      throw wrongMethod(response, "GET, HEAD");
    }
    if (path.isEmpty()) {
      Json.answer(response, 200, Page.of(objects.kinds()));
      return;
    }
    KindInfo kind =
        objects.kinds().stream()
            .filter(each -> each.name().equals(path.get(0)))
            .findFirst()
            .orElseThrow(() -> new Problem(404, "This server has no kind " + path.get(0)));
    Json.answer(response, 200, "application/schema+json", kind.schema());
  }
}
