package org.caravanserai.benchmarks.server;

import java.util.Random;
import java.util.stream.Collectors;

/** What is deployed on our server: services of two classes, a record in and out. */
public final class Sources {

  private Sources() {}

  /** A service that answers its input with a number added, so that revisions differ. */
  public static String echo(String service, String type, int number) {
    return """
        import org.caravanserai.api.Context;
        import org.caravanserai.api.Service;
        import org.caravanserai.api.ServiceName;

        @ServiceName("%1$s")
        public class %2$s implements Service<%2$s.Message, %2$s.Message> {
          public record Message(String text, int revision) {}

          @Override
          public Message handle(Message message, Context context) {
            return new Message(message.text(), %3$d);
          }
        }
        """
        .formatted(service, type, number);
  }

  /**
   * The same in a class with others of constants, so that its jar has about so many bytes more.
   *
   * @param kilobytes what they add to the jar, packed
   */
  public static String large(String service, String type, int number, int kilobytes) {
    StringBuilder classes = new StringBuilder();
    Random random = new Random(number);
    for (int i = 0; i < kilobytes; i++) {
      // Six bits in a character of eight: packing takes the rest.
      String text =
          random
              .ints(1200, 0, 64)
              .mapToObj(each -> String.valueOf((char) (each < 32 ? '0' + each : 'a' + each - 32)))
              .collect(Collectors.joining())
              .replace("\\", "-");
      classes.append(
          "  static final class Part%d { static String text() { return \"%s\"; } }%n"
              .formatted(i, text));
    }
    String echo = echo(service, type, number).stripTrailing();
    return echo.substring(0, echo.length() - 1) + classes + "}";
  }

  /** A service that takes nothing and tells its revision. */
  public static String revision(String service, String type, int number) {
    return """
        import org.caravanserai.api.Context;
        import org.caravanserai.api.Service;
        import org.caravanserai.api.ServiceName;

        @ServiceName("%1$s")
        public class %2$s implements Service<Void, %2$s.State> {
          public record State(int revision) {}

          @Override
          public State handle(Void nothing, Context context) {
            return new State(%3$d);
          }
        }
        """
        .formatted(service, type, number);
  }

  /** The greeting of the README. */
  public static String hello() {
    return """
        import org.caravanserai.api.Context;
        import org.caravanserai.api.Service;
        import org.caravanserai.api.ServiceName;

        @ServiceName("bench.hello")
        public class Hello implements Service<Hello.Request, Hello.Response> {
          public record Request(String name) {}

          public record Response(String greeting) {}

          @Override
          public Response handle(Request request, Context context) {
            return new Response("Hello, " + request.name());
          }
        }
        """;
  }

  /** A REST channel that everybody may call. */
  public static String channel(String name, String service) {
    return """
          - name: %1$s
            service: %2$s
            url_path: /%1$s
        """
        .formatted(name, service);
  }
}
