package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One resource of the admin API: answers by method and by the parts of the path below its own. */
abstract class ApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final long LONGEST_DRAIN = 64L * 1024 * 1024;

  /**
   * Answers a request.
   *
   * @param method the method; {@code GET} also stands for {@code HEAD}
   * @param path the decoded parts of the path below the resource's own
   * @throws Problem to refuse it
   */
  abstract void answer(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem;

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String method = request.getMethod();
    try {
      answer(method.equals("HEAD") ? "GET" : method, parts(request), request, response);
    } catch (Problem problem) {
      ProblemDocument.answer(request, response, problem.status(), problem.detail());
    }
  }

  /** Says that the path is right and the method is not. */
  static Problem wrongMethod(HttpServletResponse response, String allowed) {
    response.setHeader("Allow", allowed);
    return new Problem(405, "Allowed here: " + allowed);
  }

  /** Says that the path leads nowhere. */
  static Problem nothingHere() {
    return new Problem(404, "There is nothing at this path");
  }

  /**
   * The whole body.
   *
   * @throws Problem 413 if it is longer than the limit
   */
  static byte[] body(HttpServletRequest request, int limit) throws IOException, Problem {
    InputStream in = request.getInputStream();
    if (request.getContentLengthLong() <= limit) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length <= limit) {
        return bytes;
      }
    }
    drain(in);
    throw new Problem(413, "The body is larger than " + limit + " bytes");
  }

  /** Who is still sending when the connection closes does not see the answer. */
  private static void drain(InputStream in) throws IOException {
    byte[] waste = new byte[64 * 1024];
    long left = LONGEST_DRAIN;
    for (int count = in.read(waste); count >= 0 && left > 0; count = in.read(waste)) {
      left -= count;
    }
  }

  /**
   * Whether a switch in the query is on.
   *
   * @throws Problem 400 if it is neither on nor off
   */
  static boolean flag(HttpServletRequest request, String name) throws Problem {
    // Not getParameter(): that would read a form's body.
    String query = request.getQueryString();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      if (pair.equals(name) || pair.equals(name + "=true")) {
        return true;
      }
      if (pair.startsWith(name + "=") && !pair.equals(name + "=false")) {
        throw new Problem(400, name + " is true or false");
      }
    }
    return false;
  }

  private static List<String> parts(HttpServletRequest request) throws Problem {
    // getPathInfo() is decoded: a %2F inside a name would look like a separator.
    String own = request.getContextPath() + request.getServletPath();
    String path = request.getRequestURI().substring(own.length());
    List<String> parts = new ArrayList<>();
    int begin = 1;
    while (begin < path.length()) {
      int end = path.indexOf('/', begin);
      end = end < 0 ? path.length() : end;
      parts.add(decode(path.substring(begin, end)));
      begin = end + 1;
    }
    return parts;
  }

  private static String decode(String part) throws Problem {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "The path is not percent-encoded right");
    }
  }
}
