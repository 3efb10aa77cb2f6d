package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Runs one shell command, for {@code bin/serai}.
 *
 * <p>{@code POST} with the command line as text and the caller's folder, against which relative
 * file names count, in {@code X-Serai-Directory}. The answer is what the command printed; {@code
 * X-Serai-Exit-Status} is 0, or 1 if it failed.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/shell")
public final class ShellServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_COMMAND = 1024 * 1024;

  private final transient SessionFactory sessions;

  /** Made by the container. */
  @Activate
  public ShellServlet(@Reference SessionFactory sessions) {
    this.sessions = sessions;
  }

  @Override
  void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (!method.equals("POST")) {
      throw wrongMethod(response, "POST");
    }
    String command = new String(body(request, LONGEST_COMMAND), StandardCharsets.UTF_8);
    var output = new ByteArrayOutputStream();
    int status = run(command, request.getHeader("X-Serai-Directory"), output, request);
    response.setHeader("X-Serai-Exit-Status", Integer.toString(status));
    response.setContentType("text/plain; charset=utf-8");
    response.setContentLength(output.size());
    output.writeTo(response.getOutputStream());
  }

  private int run(
      String command,
      @Nullable String directory,
      ByteArrayOutputStream output,
      HttpServletRequest request) {
    try (var printer = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      Session session = sessions.create(new ByteArrayInputStream(new byte[0]), printer, printer);
      try {
        session.put("USER", ApiFilter.user(request));
        session.put("serai.directory", directory == null ? "" : directory);
        Subject.doAs(
            administrator(ApiFilter.user(request)),
            (PrivilegedExceptionAction<@Nullable Object>) () -> session.execute(command));
        return 0;
      } catch (PrivilegedActionException e) {
        printer.println(words(e.getException()));
        return 1;
      } catch (RuntimeException e) {
        printer.println(words(e));
        return 1;
      } finally {
        session.close();
      }
    }
  }

  private static String words(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static Subject administrator(String user) {
    var subject = new Subject();
    subject.getPrincipals().add(new UserPrincipal(user));
    for (String role : List.of("admin", "manager", "viewer", "systembundles")) {
      subject.getPrincipals().add(new RolePrincipal(role));
    }
    return subject;
  }
}
