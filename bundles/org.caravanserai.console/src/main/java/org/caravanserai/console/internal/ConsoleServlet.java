package org.caravanserai.console.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.caravanserai.http.Health;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Serves the console on the management listener. Its files are public; what is told of the server
 * comes from the admin API, after a log-in. A path that is no file is, for a browser, one of the
 * application's own addresses, and the page is the answer.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/")
public final class ConsoleServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Nothing but files of this server: no script in a page, no frame, no form to elsewhere. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static final String PAGE = "/index.html";
  private static final String HASHED = "/assets/";
  private static final String GZIP = ".gz";
  private static final String STATE = "<!--serai:state-->";

  /** Those of others, whoever answers there. */
  private static final List<String> NOT_OURS = List.of("/api", "/metrics", "/jolokia", "/health");

  private final transient ConsoleFiles files;
  private final transient Health health;

  /** Made by the container. */
  @Activate
  public ConsoleServlet(BundleContext context, @Reference Health health) {
    this(new ConsoleFiles(context.getBundle()), health);
  }

  ConsoleServlet(ConsoleFiles files, Health health) {
    this.files = files;
    this.health = health;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-store");
    boolean isHead = request.getMethod().equals("HEAD");
    if (!isHead && !request.getMethod().equals("GET")) {
      response.setHeader("Allow", "GET, HEAD");
      answer(response, 405, "Allowed here: GET, HEAD", isHead);
      return;
    }
    String path = request.getRequestURI();
    if (NOT_OURS.stream().anyMatch(other -> path.equals(other) || path.startsWith(other + "/"))) {
      answer(response, 404, "There is nothing at this path", isHead);
    } else if (!isPage(path) && file(request, response, path, isHead)) {
      return;
    } else if (!isPage(path) && (isFileName(path) || !isForBrowser(request))) {
      answer(response, 404, "There is nothing at this path", isHead);
    } else {
      page(response, isHead);
    }
  }

  private static boolean isPage(String path) {
    return path.equals("/") || path.equals(PAGE);
  }

  /** Browsers say so when they open a page; a script that missed its path shall not be told one. */
  private static boolean isForBrowser(HttpServletRequest request) {
    String accepted = request.getHeader("Accept");
    return accepted != null && accepted.contains("text/html");
  }

  /** In deeper paths a dot may stand in the name of a service. */
  private static boolean isFileName(String path) {
    return path.startsWith(HASHED)
        || (path.indexOf('/', 1) < 0 && path.indexOf('.') >= 0 && !isPage(path));
  }

  private boolean file(
      HttpServletRequest request, HttpServletResponse response, String path, boolean isHead)
      throws IOException {
    if (!files.has(path) || path.endsWith(GZIP)) {
      return false;
    }
    String sent = path;
    if (files.has(path + GZIP)) {
      response.setHeader("Vary", "Accept-Encoding");
      if (takesGzip(request)) {
        response.setHeader("Content-Encoding", "gzip");
        sent = path + GZIP;
      }
    }
    // The name of a hashed file changes with its content.
    response.setHeader(
        "Cache-Control",
        path.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
    send(response, 200, MediaTypes.of(path), files.read(sent), isHead);
    return true;
  }

  private static boolean takesGzip(HttpServletRequest request) {
    String accepted = request.getHeader("Accept-Encoding");
    if (accepted == null) {
      return false;
    }
    for (String each : accepted.split(",", -1)) {
      String coding = each.replace(" ", "");
      if (coding.startsWith("gzip") && !coding.matches("gzip;q=0(\\.0*)?")) {
        return true;
      }
    }
    return false;
  }

  /** With what a browser without JavaScript shows. */
  private void page(HttpServletResponse response, boolean isHead) throws IOException {
    String page = new String(files.read(PAGE), StandardCharsets.UTF_8);
    String state =
        health.ready() ? "This server is up and ready." : "This server is up, but not ready.";
    send(
        response,
        200,
        MediaTypes.of(PAGE),
        page.replace(STATE, state).getBytes(StandardCharsets.UTF_8),
        isHead);
  }

  private static void answer(HttpServletResponse response, int status, String text, boolean isHead)
      throws IOException {
    send(response, status, MediaTypes.of(".txt"), text.getBytes(StandardCharsets.UTF_8), isHead);
  }

  private static void send(
      HttpServletResponse response, int status, String type, byte[] content, boolean isHead)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(content.length);
    if (!isHead) {
      response.getOutputStream().write(content);
    }
  }
}
