package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import java.util.Map;
import org.caravanserai.http.Health;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Why the server is not ready, if it is not. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/health")
public final class HealthServlet extends ReadOnlyServlet {

  private static final long serialVersionUID = 1L;

  private final transient Health health;

  /** Made by the container. */
  @Activate
  public HealthServlet(@Reference Health health) {
    this.health = health;
  }

  @Override
  Object look() {
    return new State(health.ready(), health.reasons());
  }

  /** The answer. */
  private record State(boolean ready, Map<String, String> reasons) {}
}
