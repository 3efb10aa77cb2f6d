package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Answers where nothing else does, so that a wrong path gets a problem document too. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
public final class NothingServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  @Override
  void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws Problem {
    throw nothingHere();
  }
}
