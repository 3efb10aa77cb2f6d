package org.caravanserai.objects.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlLimits;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.objects.internal.yaml.YamlText;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Whatever a record holds, written as YAML by somebody else, is read as the same record. */
class RoundTripTest {

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsRead(@ForAll("samples") Sample sample, @ForAll FlowStyle style)
      throws Exception {
    String yaml =
        new Dump(
                DumpSettings.builder()
                    .setDefaultFlowStyle(style)
                    .setSchema(new CoreSchema())
                    .build())
            .dumpToString(asYaml(sample));
    Problems problems = new Problems("serai.yaml");

    Optional<Definition> read =
        new YamlReader(new YamlLimits(1_000_000, 50, 50))
            .read(yaml.getBytes(StandardCharsets.UTF_8), problems)
            .flatMap(
                item ->
                    Kind.of(new SampleKind())
                        .read(item, new TextReferences(name -> null), problems));

    assertThat(problems.list()).as(yaml).isEmpty();
    assertThat(read.orElseThrow().object()).as(yaml).isEqualTo(sample);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatIsExportedIsReadAndExportedAgainAsTheSameBytes(@ForAll("samples") Sample sample)
      throws Exception {
    String given =
        new Dump(DumpSettings.builder().setSchema(new CoreSchema()).build())
            .dumpToString(asYaml(sample));
    Kind<Sample> kind = Kind.of(new SampleKind());
    Definition definition = read(kind, given);
    String exported = YamlText.item(definition.written().fields());
    Definition again = read(kind, exported.replaceAll("(?m)^ {2}(- | {2})", ""));

    assertThat(YamlText.item(again.written().fields())).isEqualTo(exported);
    TextReferences secrets =
        new TextReferences(name -> null).withSecrets(definition.written().secrets()::get);
    assertThat(kind.resolve(again, secrets)).as(exported).isEqualTo(sample);
  }

  private static Definition read(Kind<Sample> kind, String yaml) {
    Problems problems = new Problems("serai.yaml");
    return new YamlReader(new YamlLimits(1_000_000, 50, 50))
        .read(yaml.getBytes(StandardCharsets.UTF_8), problems)
        .flatMap(item -> kind.read(item, new TextReferences(name -> null), problems))
        .orElseThrow(() -> new AssertionError(yaml + problems.list()));
  }

  private static Map<String, Object> asYaml(Sample sample) throws ReflectiveOperationException {
    Map<String, Object> yaml = new LinkedHashMap<>();
    for (RecordComponent component : Sample.class.getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      Object value = component.getAccessor().invoke(sample);
      if (!(value instanceof Optional<?> optional)) {
        yaml.put(name, written(value));
      } else if (optional.isPresent()) {
        yaml.put(name, written(optional.get()));
      }
    }
    return yaml;
  }

  private static Object written(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(RoundTripTest::written).toList();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof String text) {
      return text.replace("${", "$${");
    }
    return value instanceof Duration || value instanceof BigDecimal ? value.toString() : value;
  }

  @Provide
  Arbitrary<Sample> samples() {
    Arbitrary<String> names =
        texts().map(String::strip).filter(name -> !name.isEmpty() && !name.endsWith("$"));
    Arbitrary<String> texts = texts().filter(text -> !text.endsWith("$"));
    Arbitrary<Sample.Priority> priorities = Arbitraries.of(Sample.Priority.values());
    return Combinators.combine(
            names,
            Combinators.combine(
                    Arbitraries.of(true, false),
                    texts.filter(text -> text.codePointCount(0, text.length()) <= 20),
                    Arbitraries.integers().between(1, 65535).filter(port -> port / 10 != 66),
                    Arbitraries.longs(),
                    Arbitraries.doubles().between(-1e6, 1e6).ofScale(3))
                .as(List::of),
            Arbitraries.bigDecimals()
                .between(new BigDecimal("-1e30"), new BigDecimal("1e30"))
                .ofScale(4)
                .optional(),
            priorities,
            Arbitraries.longs().between(0, 3_600_000_000_000L).map(Duration::ofNanos),
            texts.list().ofMaxSize(3),
            Combinators.combine(
                    texts.optional(), priorities.list().ofMaxSize(3).optional(), names.optional())
                .as(List::of),
            names.list().ofMaxSize(3))
        .as(
            (name, plain, amount, priority, timeout, methods, optionals, groups) ->
                new Sample(
                    name,
                    (Boolean) plain.get(0),
                    (String) plain.get(1),
                    (Integer) plain.get(2),
                    (Long) plain.get(3),
                    (Double) plain.get(4),
                    amount,
                    priority,
                    timeout,
                    methods,
                    List.of((Integer) plain.get(2)),
                    cast(optionals.get(0)),
                    cast(optionals.get(1)),
                    groups,
                    cast(optionals.get(2)),
                    name));
  }

  @SuppressWarnings("unchecked") // the list above holds what the record wants, in that order
  private static <T> Optional<T> cast(Object optional) {
    return (Optional<T>) optional;
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars("äß€\u00a0字\uD83D\uDC2A")
        .ofMaxLength(30)
        .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
        .filter(text -> !text.contains("$${") && !text.startsWith("Zato_Enmasse"));
  }
}
