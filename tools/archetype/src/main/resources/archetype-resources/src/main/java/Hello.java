package ${package};

import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

/** Greets one person. */
@ServiceName("${artifactId}.hello")
public class Hello implements Service<Hello.Request, Hello.Response> {

  public record Request(String name) {}

  public record Response(String greeting) {}

  @Override
  public Response handle(Request request, Context context) {
    return new Response("Hello, " + request.name());
  }
}
