package org.caravanserai.itests;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Sources that can't serve, each in its own way. */
enum BrokenSource {
  SYNTAX_ERROR("compile", true, "public class Broken {\n  int x = ;\n}\n"),
  MISSING_IMPORT("compile", true, "import no.such.Thing;\n" + service("Void", "", "")),
  UNWIRABLE_IMPORT(
      "link",
      true,
      "import proof.use.Use;\nimport proof.lib.Lib;\n"
          + service("Void", "Object both() { return \"\" + new Use() + new Lib(); }", "")),
  CONSTRUCTOR_THROWS("construct", true, service("Void", "", "throw new Error(\"no luck\");")),
  CONSTRUCTOR_BLOCKS("construct", false, service("Void", "", "Block.forAMinute();")),
  INITIALISER_THROWS(
      "construct", true, service("Void", "static int x = Integer.parseInt(\"?\");", "")),
  INITIALISER_BLOCKS("construct", false, service("Void", "static { Block.forAMinute(); }", "")),
  INPUT_BLOCKS(
      "construct",
      false,
      service(
          "Broken.Input",
          "public record Input(Colour colour) {}\n"
              + "public enum Colour { RED; static { Block.forAMinute(); } }",
          "")),
  INPUT_THROWS(
      "construct",
      false,
      service(
          "Broken.Input",
          "public record Input(Colour colour) {}\n"
              + "public enum Colour { RED; static { Integer.parseInt(\"?\"); } }",
          "")),
  NAME_OF_ANOTHER("conflict", false, service("Void", "", "").replace("@SERVICE", "@ANOTHER")),
  SAME_NAME_TWICE(
      "conflict",
      false,
      service("Void", "", "")
          + "@ServiceName(\"@SERVICE\") public class Twin implements Service<Void, String> {\n"
          + "  public String handle(Void input, Context context) { return \"\"; }\n"
          + "}\n"),
  EMPTY("compile", false, ""),
  HUGE("", false, ""),
  BINARY("compile", false, ""),
  NOT_UTF_8("compile", true, "// Gr\u00fc\u00dfe\n" + service("Void", "", ""));

  private final String stage;
  private final boolean hasLine;
  private final String text;

  BrokenSource(String stage, boolean hasLine, String text) {
    this.stage = stage;
    this.hasLine = hasLine;
    this.text = text;
  }

  private static String service(String input, String members, String constructor) {
    return """
        import java.util.concurrent.*;
        import org.caravanserai.api.*;

        @ServiceName("@SERVICE")
        public class Broken implements Service<%s, String> {
          %s
          public Broken() {
            %s
          }

          @Override
          public String handle(%s input, Context context) {
            return "broken";
          }
        }

        class Block {
          static void forAMinute() {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (System.nanoTime() < end) {
              try {
                new CountDownLatch(1).await(1, TimeUnit.SECONDS);
              } catch (InterruptedException ignored) {
                // It is of the worst kind.
              }
            }
          }
        }
        """
        .formatted(input, members, constructor, input);
  }

  /** The step at which it is refused; empty if it does not even come so far. */
  String stage() {
    return stage;
  }

  /** Whether the reason has a line. */
  boolean hasLine() {
    return hasLine;
  }

  /**
   * What is saved.
   *
   * @param service the name of the service
   * @param another the name of a service of another deployment
   */
  byte[] content(String service, String another) {
    if (this == HUGE) {
      return ("/*" + "x".repeat(11 * 1024 * 1024) + "*/").getBytes(StandardCharsets.UTF_8);
    } else if (this == BINARY) {
      byte[] bytes = new byte[50_000];
      new Random(7).nextBytes(bytes);
      return bytes;
    }
    Charset charset = this == NOT_UTF_8 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    return text.replace("@SERVICE", service).replace("@ANOTHER", another).getBytes(charset);
  }
}
