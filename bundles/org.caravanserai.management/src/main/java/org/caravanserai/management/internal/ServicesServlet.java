package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Services: list, look at, invoke. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/services/*")
public final class ServicesServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  private final transient ServiceRegistry registry;
  private final transient Invocation invocation;

  /** Made by the container. */
  @Activate
  public ServicesServlet(@Reference ServiceRegistry registry, @Reference Invocation invocation) {
    this.registry = registry;
    this.invocation = invocation;
  }

  @Override
  void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    boolean invoke = path.size() == 2 && path.get(1).equals("invoke");
    if (path.size() > 1 && !invoke) {
      throw nothingHere();
    }
    String expected = invoke ? "POST" : "GET";
    if (!method.equals(expected)) {
      throw wrongMethod(response, invoke ? "POST" : "GET, HEAD");
    }
    if (path.isEmpty()) {
      Json.answer(response, 200, Page.of(registry.services()));
    } else if (invoke) {
      invocation.answer(known(path.get(0)).name(), request, response);
    } else {
      Json.answer(response, 200, known(path.get(0)));
    }
  }

  private ServiceInfo known(String name) throws Problem {
    return registry
        .service(name)
        .orElseThrow(() -> new Problem(404, "No service is named " + name));
  }
}
