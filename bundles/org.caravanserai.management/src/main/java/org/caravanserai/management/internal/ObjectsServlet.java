package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import org.caravanserai.objects.ObjectStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The configured objects and the state of each. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/objects")
public final class ObjectsServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;

  private final transient ObjectStore objects;

  /** Made by the container. */
  @Activate
  public ObjectsServlet(@Reference ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  Object look() {
    return Page.of(objects.list());
  }
}
