package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import org.caravanserai.deploy.Deployments;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The configuration files in the watched folders, and what is wrong with them. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/config/files")
public final class FilesServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;

  private final transient Deployments deployments;

  /** Made by the container. */
  @Activate
  public FilesServlet(@Reference Deployments deployments) {
    this.deployments = deployments;
  }

  @Override
  Object look() {
    return Page.of(deployments.files());
  }
}
