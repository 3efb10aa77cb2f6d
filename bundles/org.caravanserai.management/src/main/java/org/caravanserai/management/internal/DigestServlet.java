package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import org.caravanserai.objects.ObjectStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** What is equal on two servers that are configured the same. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/digest")
public final class DigestServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;

  private final transient ObjectStore objects;

  /** Made by the container. */
  @Activate
  public DigestServlet(@Reference ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  Object look() {
    return new Digest(objects.digest());
  }

  /**
   * The answer.
   *
   * @param configuration of all objects as they are exported
   */
  private record Digest(String configuration) {}
}
