package org.caravanserai.deploy.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.runtime.DocComments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceCommentsTest {

  private static final String SHOP =
      """
      /* no doc comment */
      package com.acme;

      import org.caravanserai.api.Context;
      import org.caravanserai.api.Service;

      /** Not this one: another follows. */
      /**
       * Sells things. {@code Never ends
       *
       * @see Nobody#nothing
       * @deprecated and yet
       */
      @Deprecated
      // a line between
      public class Shop implements Service<Shop.Order, Shop.Colour> {
        /** An order, caf\\u00e9 included *\\u002f
        public record Order(String thing) {
          /** Inside of another. */
          public interface Inside {}
        }
        public enum Colour {
          /** Like roses. */
          RED,
          GREEN
        }
        /** A field. */
        private int field;
        // no comment
        public static class Plain {}

        /** A method. */
        @Override
        public Colour handle(Order order, Context context) {
          /** Nobody's. */
          class Local {}
          return Colour.RED;
        }
      }
      /** A neighbour. */
      @interface Marked {}
      """;

  private final DeploymentCompiler compiler =
      new DeploymentCompiler(new JavaCompiler(Duration.ofSeconds(30)), Exports::ofApi, 1 << 20);

  @AfterEach
  void close() {
    compiler.close();
  }

  private Map<String, String> comments(byte[] content) throws Exception {
    byte[] resource = compiler.compile("shop", content).resources().get(DocComments.PATH);
    return new ObjectMapper().readValue(resource, new TypeReference<>() {});
  }

  @Test
  void areTakenAsTheyStand() throws Exception {
    assertThat(comments(SHOP.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            Map.of(
                "com.acme.Shop",
                """
                /**
                 * Sells things. {@code Never ends
                 *
                 * @see Nobody#nothing
                 * @deprecated and yet
                 */\
                """,
                "com.acme.Shop$Order",
                "/** An order, caf\\u00e9 included *\\u002f",
                "com.acme.Shop$Order$Inside",
                "/** Inside of another. */",
                "com.acme.Shop$Colour#RED",
                "/** Like roses. */",
                "com.acme.Marked",
                "/** A neighbour. */"));
  }

  @Test
  void areThoseOfAllSourcesOfAnArchive() throws Exception {
    byte[] zip =
        new Zip()
            .with("src/Shop.java", SHOP)
            .with(
                "src/Other.java",
                "package com.acme; /** Another. */ enum Other { /** One. */ ONE }")
            .with("src/" + DocComments.PATH, "{\"what\": \"somebody wrote there\"}")
            .bytes();

    assertThat(comments(zip))
        .hasSize(7)
        .containsKeys("com.acme.Shop", "com.acme.Other", "com.acme.Other#ONE");
  }

  @Test
  void surviveARestartWithTheClasses() throws Exception {
    Compiled compiled = compiler.compile("shop", SHOP.getBytes(StandardCharsets.UTF_8));

    Optional<Compiled> read = CompiledForm.read(CompiledForm.write(compiled));

    assertThat(read.orElseThrow().resources().get(DocComments.PATH))
        .isEqualTo(compiled.resources().get(DocComments.PATH));
  }

  @Test
  void aSourceWithoutCommentsHasNoSuchResource() throws Exception {
    byte[] bare = "class Bare { /** A method. */ void run() {} }".getBytes(StandardCharsets.UTF_8);

    assertThat(compiler.compile("bare", bare).resources()).isEmpty();
  }
}
