package org.caravanserai.runtime.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanserai.runtime.internal.binding.Bound.complaint;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;

class BindingPropertiesTest {

  enum Kind {
    SMALL,
    LARGE
  }

  record Leaf(String text, BigDecimal amount, Optional<LocalDate> day) {}

  record Root(
      long id,
      double ratio,
      boolean flag,
      Kind kind,
      Instant at,
      List<Leaf> leaves,
      Map<String, Integer> counts) {}

  private final Bound<Root> bound = Bound.to(Root.class);

  @Property(tries = 300)
  void whatIsWrittenIsReadBackTheSame(@ForAll("roots") Root root) throws Exception {
    assertThat(bound.json(bound.write(root))).isEqualTo(root);
    assertThat(bound.strict(bound.write(root))).isEqualTo(root);
  }

  @Property(tries = 200)
  void anObjectConvertedIsTheSame(@ForAll("roots") Root root) throws Exception {
    assertThat(
            bound
                .binding()
                .convert(bound.binding().convert(root, Map.class, null), Root.class, null))
        .isEqualTo(root);
  }

  record Whole(int value) {}

  @Property
  void aWholeNumberIsTakenExactlyWhenItFits(@ForAll long value) {
    boolean fits = value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
    String answer = complaint(() -> Bound.<Whole>to(Whole.class).json("{\"value\":" + value + "}"));
    assertThat(answer.equals("accepted")).isEqualTo(fits);
  }

  record Texts(String text) {}

  private final Bound<Texts> texts = Bound.to(Texts.class);

  @Property
  void textFromOutsideArrivesUnchanged(@ForAll String text) {
    assertThat(texts.text("text", text).text()).isEqualTo(text);
  }

  @Property
  void garbageIsA400OrFits(@ForAll byte[] garbage) {
    try {
      bound.take(new Payload.Document(garbage, DataFormat.JSON, Map.of(), false));
    } catch (ServiceException refused) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.details()).doesNotContain("com.", "java.", "(class");
    }
    texts(garbage);
  }

  private void texts(byte[] garbage) {
    try {
      texts.take(new Payload.Document(garbage, DataFormat.FORM, Map.of(), false));
    } catch (ServiceException refused) {
      assertThat(refused.status()).isEqualTo(400);
    }
  }

  @Property(tries = 300)
  void aBrokenDocumentIsA400(@ForAll("roots") Root root, @ForAll int where) throws Exception {
    String whole = bound.write(root);
    String cut = whole.substring(0, Math.floorMod(where, whole.length()));
    Payload payload =
        new Payload.Document(
            cut.getBytes(StandardCharsets.UTF_8), DataFormat.JSON, Map.of(), false);
    assertThat(complaint(() -> bound.take(payload))).matches("(line \\d+, column \\d+|/.*): .*");
  }

  @Provide
  Arbitrary<Root> roots() {
    Arbitrary<String> names = Arbitraries.strings().alpha().numeric().ofMaxLength(10);
    Arbitrary<Leaf> leaves =
        Combinators.combine(
                Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(20),
                Arbitraries.bigDecimals(),
                Arbitraries.longs()
                    .between(-700_000, 700_000)
                    .map(LocalDate::ofEpochDay)
                    .optional())
            .as(Leaf::new);
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.doubles(),
            Arbitraries.of(true, false),
            Arbitraries.of(Kind.class),
            Arbitraries.longs()
                .between(-60_000_000_000L, 60_000_000_000L)
                .map(Instant::ofEpochSecond),
            leaves.list().ofMaxSize(4),
            Arbitraries.maps(names, Arbitraries.integers()).ofMaxSize(4))
        .as(Root::new);
  }
}
