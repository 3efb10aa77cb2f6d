package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.caravanserai.deploy.Deployments;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The configuration files in the watched folders, and what is wrong with them. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/config/files")
public final class FilesServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  private final transient Deployments deployments;

  /** Made by the container. */
  @Activate
  public FilesServlet(@Reference Deployments deployments) {
    this.deployments = deployments;
  }

  @Override
  void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (!method.equals("GET")) {
      throw wrongMethod(response, "GET, HEAD");
    }
    Json.answer(response, 200, Page.of(deployments.files()));
  }
}
