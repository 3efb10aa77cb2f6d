package org.caravanserai.management.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.caravanserai.objects.Secrets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The secrets: names go out, values only in. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/secrets/*")
public final class SecretsServlet extends ConfigurationServlet {

  private static final long serialVersionUID = 1L;
  private static final int LARGEST_SECRET = 64 * 1024;

  private final transient Secrets secrets;

  /** Made by the container. */
  @Activate
  public SecretsServlet(@Reference Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  void configure(
      String method, List<String> path, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    if (path.isEmpty()) {
      if (!method.equals("GET")) {
        throw wrongMethod(response, "GET, HEAD");
      }
      Json.answer(response, 200, Page.of(secrets.names()));
      return;
    }
    // A slash in a name may be sent as it is.
    String name = String.join("/", path);
    switch (method) {
      case "PUT" -> secrets.set(name, value(request));
      case "DELETE" -> secrets.delete(name);
      default -> throw wrongMethod(response, "PUT, DELETE");
    }
    response.setStatus(204);
  }

  /** The body as it is, but for a line's end at its end, which editors and echo add. */
  private static String value(HttpServletRequest request) throws IOException, Problem {
    byte[] body = body(request, LARGEST_SECRET);
    try {
      String value = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      String cut = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
      if (cut.isEmpty()) {
        throw new Problem(422, "The body is the secret, and it is empty");
      }
      return cut;
    } catch (CharacterCodingException e) {
      throw new Problem(422, "The body is not UTF-8");
    }
  }
}
