package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.caravanserai.objects.ObjectStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** All objects as one YAML file. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/config/export")
public final class ExportServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  private final transient ObjectStore objects;

  /** Made by the container. */
  @Activate
  public ExportServlet(@Reference ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (!method.equals("GET")) {
      throw wrongMethod(response, "GET, HEAD");
    }
    byte[] yaml = objects.export().getBytes(StandardCharsets.UTF_8);
    response.setContentType("application/yaml; charset=utf-8");
    response.setContentLength(yaml.length);
    response.getOutputStream().write(yaml);
  }
}
