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

/** Makes objects what a file says. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/config/import")
public final class ImportServlet extends ConfigurationServlet {

  private static final long serialVersionUID = 1L;

  /** More than any file that is taken; what is too large is told with the name of the setting. */
  private static final int LARGEST_FILE = 64 * 1024 * 1024;

  private final transient ObjectStore objects;

  /** Made by the container. */
  @Activate
  public ImportServlet(@Reference ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  void configure(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (!method.equals("POST")) {
      throw wrongMethod(response, "POST");
    }
    boolean dryRun = flag(request, "dryRun");
    boolean prune = flag(request, "prune");
    Json.answer(response, 200, objects.importYaml(body(request, LARGEST_FILE), dryRun, prune));
  }
}
