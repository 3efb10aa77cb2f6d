package org.caravanserai.objects.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlLimits;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.Field;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records inside records, lists of records, maps, aliases, keys, and how all are written. */
class NestedFieldsTest {

  private record Keyed<C extends Record>(String name, String key, Class<C> type)
      implements ObjectKind<C> {
    @Override
    public void validate(C object) throws InvalidObjectException {
      if (object instanceof Nesting nesting && nesting.headers().containsValue("bad")) {
        throw new InvalidObjectException("headers", "a bad one");
      }
    }

    @Override
    public LiveObject<C> open(C object) {
      throw new UnsupportedOperationException();
    }
  }

  private final Problems problems = new Problems("serai.yaml");
  private final TextReferences texts = new TextReferences(Map.of("LIMIT", "7")::get);
  private final Kind<Nesting> kind = Kind.of(new Keyed<>("nesting", "caller", Nesting.class));

  private Optional<Definition> read(String yaml) {
    return new YamlReader(new YamlLimits(100_000, 50, 50))
        .read(yaml.getBytes(StandardCharsets.UTF_8), problems)
        .flatMap(item -> kind.read(item, texts, problems));
  }

  private Definition definition(String yaml) {
    return read(yaml).orElseThrow(() -> new AssertionError(problems.list()));
  }

  private static final String FULL =
      """
      caller: partner
      limits:
        - cidr_list: 10.0.0.0/8
          time_range:
            - limit: ${LIMIT}
              limit_unit: second
            - limit: 0x10
          group: g
          key: hush
        - cidr_list: []
      cache: {is_enabled: true}
      headers:
        Authorization: Bearer 123
        X-Token: ${secret:token}
      sizes: {a: 1, b: 10}
      """;

  @Test
  void readsRecordsInsideRecords() {
    assertThat(definition(FULL).object())
        .isEqualTo(
            new Nesting(
                "partner",
                true,
                List.of(
                    new Nesting.Rule(
                        List.of("10.0.0.0/8"),
                        List.of(
                            new Nesting.Time(7, Nesting.Unit.SECOND),
                            new Nesting.Time(16, Nesting.Unit.MINUTE)),
                        Optional.of("g"),
                        Optional.of("hush")),
                    new Nesting.Rule(List.of(), List.of(), Optional.empty(), Optional.empty())),
                new Nesting.Cache(true, Duration.ofSeconds(5)),
                Optional.empty(),
                Map.of("Authorization", "Bearer 123", "X-Token", "${secret:token}"),
                Map.of("a", 1, "b", 10)));
  }

  @Test
  void anObjectMayBeKnownByAnotherFieldThanName() {
    Definition definition = definition(FULL);

    assertThat(definition.key()).isEqualTo(new ObjectKey("nesting", "partner"));
    assertThat(definition.references())
        .containsExactly(new ObjectKey("security", "partner"), new ObjectKey("groups", "g"));
    assertThat(kind.referencedKinds()).containsExactlyInAnyOrder("security", "groups");
  }

  @Test
  void isWrittenInOneWayWithoutDefaultsAndWithoutSecrets() {
    WrittenObject written = definition(FULL + "is_active: True\nspare: {}\n").written();

    assertThat(written.fields().toString())
        .isEqualTo(
            "{caller=partner, rules=[{cidr_list=[10.0.0.0/8], time_range=[{limit=${LIMIT}, "
                + "limit_unit=second}, {limit=16}], group=g, "
                + "key=${secret:nesting/partner/rules/0/key}}, {cidr_list=[]}], "
                + "cache={is_enabled=true}, spare={}, "
                + "headers={Authorization=${secret:nesting/partner/headers/Authorization}, "
                + "X-Token=${secret:token}}, sizes={a=1, b=10}}");
    assertThat(written.secrets())
        .isEqualTo(
            Map.of(
                "nesting/partner/rules/0/key", "hush",
                "nesting/partner/headers/Authorization", "Bearer 123"));
    assertThat(written.toString()).doesNotContain("hush", "Bearer");
  }

  @Test
  void aSecretDoesNotTakeTheNameOfOneThatIsReferredTo() {
    String second = "${secret:nesting/a/rules/0/key}";
    WrittenObject written =
        definition(
                "caller: a\nrules: [{cidr_list: [], key: new}, {cidr_list: [], key: '"
                    + second
                    + "'}]")
            .written();

    assertThat(written.secrets()).isEqualTo(Map.of("nesting/a/rules/0/key-2", "new"));
    assertThat(written.fields().toString()).contains("rules/0/key-2}", "rules/0/key}");
  }

  @Test
  void namesTheSecretOfAnObjectWithBracesInItsName() {
    assertThat(definition("caller: 'a}%'\nheaders: {h: x}").written().secrets())
        .containsOnlyKeys("nesting/a%7D%25/headers/h");
  }

  @Test
  void aSecretIsOneClearValueOrReferences() {
    assertThat(definition("caller: a\nheaders: {h: 'a${LIMIT}'}").written().mixed()).hasSize(1);
    assertThat(definition("caller: a\nheaders: {h: '${LIMIT:-x}'}").written().mixed()).hasSize(1);
    WrittenObject references =
        definition("caller: a\nheaders: {h: '${LIMIT}${secret:x}', i: Zato_Enmasse_Env.LIMIT}")
            .written();
    assertThat(references.mixed()).isEmpty();
    assertThat(references.fields().get("headers"))
        .isEqualTo(Map.of("h", "${LIMIT}${secret:x}", "i", "${LIMIT}"));
    assertThat(definition("caller: a\nheaders: {h: 'x$${y'}").written().secrets())
        .containsValue("x${y");
  }

  @Test
  void secretsGetIntoTheRecordWhenItOpens() throws Exception {
    Definition definition = definition("caller: a\nheaders: {h: 'B ${secret:s}'}");
    assertThat(definition.secrets()).containsExactly("s");

    Nesting resolved =
        (Nesting) kind.resolve(definition, texts.withSecrets(Map.of("s", "va${lue")::get));

    assertThat(resolved.headers()).isEqualTo(Map.of("h", "B va${lue"));
  }

  @Test
  void whatMakesNoSenseWithItsSecretIsRefusedThen() {
    Definition definition = definition("caller: a\nheaders: {h: '${secret:s}'}");

    assertThatThrownBy(() -> kind.resolve(definition, texts.withSecrets(Map.of("s", "bad")::get)))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessage("a bad one");
    Definition tooShort = definition("caller: a\nrules: [{cidr_list: [], key: '${secret:s}'}]");
    assertThatThrownBy(() -> kind.resolve(tooShort, texts.withSecrets(Map.of("s", "!")::get)))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessageContaining("rules[0].key: expected at least 2 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: [{cidr_list: [], cidr_lst: x}] | 2 | 25 | unknown field `cidr_lst` of `rules[0]`; "
            + "did you mean `cidr_list`?",
        "rules:\\n  - {} | 3 | 5 | missing field `cidr_list` of `rules[0]`",
        "rules:\\n  - cidr_list: []\\n  - cidr_list: []\\n    time_range:\\n      - limit: 0 | 6 | 16 "
            + "| rules[1].time_range[0].limit: expected at least 1, found 0",
        "rules:\\n  - cidr_list: []\\n    time_range: [{limit: 13}] | 4 | 18 "
            + "| rules[0].time_range[0]: 13 brings bad luck",
        "rules: x | 2 | 8 | rules: expected a list, each item a mapping, found `x`",
        "rules: [x] | 2 | 9 | rules[0]: expected a mapping, found `x`",
        "rules: [~] | 2 | 9 | rules: expected a list, each item a mapping, found nothing",
        "cache: [] | 2 | 8 | cache: expected a mapping, found a list",
        "cache: {ttl: soon} | 2 | 14 | cache.ttl: expected a duration",
        "headers: x | 2 | 10 | headers: expected a mapping, each value a text, found something else",
        "headers: {a: [b]} | 2 | 14 | headers.a: expected a text, found a list",
        "sizes: {a: many} | 2 | 12 | sizes.a: expected a whole number, found `many`",
        "sizes: {a: 11} | 2 | 12 | sizes.a: expected at most 10, found 11",
        "sizes: {a: '${secret:x}'} | 2 | 12 | sizes.a: a secret can only be a text",
        "rules: []\\nlimits: [] | 3 | 1 | `limits` is `rules`, which is there too",
        "rules: [{cidr_list: [], key: a}] | 2 | 30 | rules[0].key: expected at least 2 characters",
        "rules: [{cidr_list: [], group: ' '}] | 2 | 32 | rules[0].group: expected the name of a `groups`",
      })
  void saysWhatIsWrongInsideAndWhere(String yaml, int line, int column, String message) {
    assertThat(read("caller: a\n" + yaml.translateEscapes())).isEmpty();

    assertThat(problems.list()).hasSize(1);
    Diagnostic found = problems.list().get(0);
    assertThat(found.message()).startsWith(message);
    assertThat(List.of(found.line(), found.column())).containsExactly(line, column);
  }

  @Test
  void theSchemaSaysAllThatTheRecordSays() {
    Map<String, Object> schema = kind.info().schema();

    assertThat(schema)
        .containsEntry("$schema", "https://json-schema.org/draft/2020-12/schema")
        .containsEntry("title", "nesting")
        .containsEntry("required", List.of("caller"))
        .containsEntry("additionalProperties", false);
    assertThat(at(schema, "properties", "caller"))
        .containsEntry("type", "string")
        .containsEntry("description", "Who calls.")
        .containsEntry("x-serai-reference", "security");
    assertThat(at(schema, "properties", "rules"))
        .containsEntry("type", "array")
        .containsEntry("default", List.of())
        .containsEntry("x-serai-alias", "limits");
    Map<String, Object> rule = at(schema, "properties", "rules", "items");
    assertThat(rule).containsEntry("required", List.of("cidr_list"));
    assertThat(at(rule, "properties", "key"))
        .containsEntry("writeOnly", true)
        .containsEntry("minLength", 2L);
    Map<String, Object> time = at(rule, "properties", "time_range", "items", "properties");
    assertThat(at(time, "limit"))
        .containsEntry("type", List.of("integer", "string"))
        .containsEntry("minimum", 1L);
    assertThat(at(time, "limit_unit"))
        .containsEntry("default", "minute")
        .hasEntrySatisfying(
            "anyOf", any -> assertThat(any.toString()).contains("[second, minute]"));
    assertThat(at(schema, "properties", "cache", "properties", "ttl"))
        .containsEntry("x-serai-duration", true)
        .hasEntrySatisfying("default", five -> assertThat(five).hasToString("5"));
    assertThat(at(schema, "properties", "sizes", "additionalProperties"))
        .containsEntry("maximum", 10L);
  }

  @SuppressWarnings("unchecked") // a schema is maps all the way down
  private static Map<String, Object> at(Map<String, Object> schema, String... path) {
    Map<String, Object> found = schema;
    for (String step : path) {
      found = (Map<String, Object>) found.get(step);
    }
    return found;
  }

  record ListOfLists(String name, List<List<String>> lists) {}

  record NoKey(String title) {}

  record OptionalKey(Optional<String> title) {}

  record Required(String name, @Field(help = "x", defaultValue = "{}") Part part) {
    record Part(String text) {}
  }

  @Test
  void refusesRecordsThatCantBeKinds() {
    assertThatThrownBy(() -> Kind.of(new Keyed<>("x", "name", ListOfLists.class)))
        .hasMessageContaining("lists: fields can't be of type");
    assertThatThrownBy(() -> Kind.of(new Keyed<>("x", "id", NoKey.class)))
        .hasMessageContaining("must have a required text `id`, its key");
    assertThatThrownBy(() -> Kind.of(new Keyed<>("x", "title", OptionalKey.class)))
        .hasMessageContaining("must have a required text `title`, its key");
    assertThatThrownBy(() -> Kind.of(new Keyed<>("x", "name", Required.class)))
        .hasMessageContaining("part: ")
        .hasMessageContaining("Part.text has no default");
  }

  record Channel(String name, @Field(help = "Which.", defaultValue = "a") String path) {}

  @Test
  void aFieldThatOnlyZatoHasIsAWarningIfItMakesNothingLessSafe() {
    Kind<Channel> rest = Kind.of(new Keyed<>("channel_rest", "name", Channel.class));
    var item =
        new YamlReader(new YamlLimits(1000, 5, 5))
            .read("name: a\nis_audit_log_active: true".getBytes(StandardCharsets.UTF_8), problems)
            .orElseThrow();
    assertThat(rest.read(item, texts, problems)).isPresent();
    assertThat(problems.list())
        .singleElement()
        .hasToString(
            "serai.yaml:2:1: warning: this server does not support `is_audit_log_active` of "
                + "`channel_rest` (yet): it has no effect");
    var unsafe =
        new YamlReader(new YamlLimits(1000, 5, 5))
            .read("name: a\ngroups: [x]".getBytes(StandardCharsets.UTF_8), problems)
            .orElseThrow();
    assertThat(rest.read(unsafe, texts, problems)).isEmpty();
  }

  /** A record with a field that takes anything. */
  record Anything(
      @Field(help = "Its name.") String name, @Field(help = "Any.") Optional<Object> extra) {}

  @Test
  void aFieldMayTakeAnyTree() {
    Kind<Anything> any = Kind.of(new Keyed<>("anything", "name", Anything.class));
    String yaml =
        """
        name: a
        extra:
          id: 17
          share: 1.50
          exact: '17'
          open: true
          none: null
          limit: ${LIMIT}
          list: [a, {b: -1}, []]
        """;
    Definition definition =
        new YamlReader(new YamlLimits(100_000, 50, 50))
            .read(yaml.getBytes(StandardCharsets.UTF_8), problems)
            .flatMap(item -> any.read(item, texts, problems))
            .orElseThrow(() -> new AssertionError(problems.list()));

    assertThat(((Anything) definition.object()).extra().orElseThrow())
        .hasToString(
            "{id=17, share=1.50, exact=17, open=true, none=null, limit=7, list=[a, {b=-1}, []]}");
    Map<?, ?> extra = (Map<?, ?>) ((Anything) definition.object()).extra().orElseThrow();
    assertThat(extra.get("id")).isEqualTo(17L);
    assertThat(extra.get("exact")).isEqualTo("17");
    assertThat(extra.get("limit")).isEqualTo("7");
    assertThat(any.info().schema().toString()).contains("extra={description=Any.}");
  }
}
