package org.caravanserai.itests;

import java.util.concurrent.atomic.AtomicInteger;

/** Sources and channels that tests deploy. */
final class Sources {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private Sources() {}

  /** A name that no other test uses: tests share a server. */
  static String unique(String prefix) {
    return prefix + COUNTER.incrementAndGet();
  }

  /** A service that answers every call with the same text. */
  static String constant(String service, String answer) {
    return service(service, "Void", "String", "return \"" + answer + "\";");
  }

  /** A service of one method body, which may use the records below. */
  static String service(String service, String input, String output, String body) {
    return """
        import java.io.*;
        import java.math.BigDecimal;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        import org.caravanserai.api.*;

        @ServiceName("%s")
        public class Sample implements Service<%s, %s> {
          public enum Colour { RED, GREEN }
          public record Address(String city, Optional<String> street) {}
          public record Person(String name, int age, Address address) {}
          public record Input(String name, Optional<Integer> count) {}
          public record Output(String text, int number) {}

          @Override
          public %s handle(%s input, Context context) throws Exception {
            %s
          }
        }
        """
        .formatted(service, qualified(input), qualified(output), output, input, body);
  }

  /** The nested types are not in scope where the class says what it implements. */
  private static String qualified(String type) {
    return type.replaceAll("\\b(Input|Output|Person|Address)\\b", "Sample.$1");
  }

  /** A REST channel; further lines are indented by four. */
  static String channel(String name, String service, String path, String... lines) {
    var yaml = new StringBuilder("channel_rest:\n");
    yaml.append("  - name: ").append(name).append('\n');
    yaml.append("    service: ").append(service).append('\n');
    yaml.append("    url_path: ").append(path).append('\n');
    for (String line : lines) {
      yaml.append("    ").append(line).append('\n');
    }
    return yaml.toString();
  }
}
