package org.caravanserai.objects.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlLimits;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.caravanserai.spi.Diagnostic;
import org.caravanserai.spi.Field;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindTest {

  private final Problems problems = new Problems("serai.yaml");
  private final Kind<Sample> kind = Kind.of(new SampleKind());

  private Optional<Definition> read(String yaml) {
    YamlValue.Mapping item =
        new YamlReader(new YamlLimits(100_000, 50, 50))
            .read(yaml.getBytes(StandardCharsets.UTF_8), problems)
            .orElseThrow();
    return kind.read(
        item, new TextReferences(Map.of("PORT", "9090", "WORD", "nine")::get), problems);
  }

  private Sample sample(String yaml) {
    Definition definition = read(yaml).orElseThrow(() -> new AssertionError(problems.list()));
    return (Sample) definition.object();
  }

  @Test
  void absentFieldsGetTheirDefaults() {
    assertThat(sample("name: a"))
        .isEqualTo(
            new Sample(
                "a",
                true,
                "*/*",
                8080,
                0,
                1.5,
                Optional.empty(),
                Sample.Priority.QS_OVER_PATH,
                Duration.ofSeconds(10),
                List.of("get", "post"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "x"));
  }

  @Test
  void nullIsAbsent() {
    assertThat(sample("name: a\nport: ~\ncomment:\ntimeout: null\n")).isEqualTo(sample("name: a"));
  }

  @Test
  void readsEveryType() {
    Sample sample =
        sample(
            """
            name: a b/c
            is_active: false
            http_accept: 1.10
            port: "81"
            max_size: 0xFF
            rate: -2
            amount: 10.50
            url_params_pri: path-over-qs
            timeout: 0.25
            methods: [patch]
            codes:
              - 200
              - 204
            comment: yes
            choices: [qs_over_path, PATH_OVER_QS]
            groups: [g1, g2]
            security: basic
            password: ${PORT}
            """);

    assertThat(sample)
        .isEqualTo(
            new Sample(
                "a b/c",
                false,
                "1.10",
                81,
                255,
                -2,
                Optional.of(new BigDecimal("10.50")),
                Sample.Priority.PATH_OVER_QS,
                Duration.ofMillis(250),
                List.of("patch"),
                List.of(200, 204),
                Optional.of("yes"),
                Optional.of(List.of(Sample.Priority.QS_OVER_PATH, Sample.Priority.PATH_OVER_QS)),
                List.of("g1", "g2"),
                Optional.of("basic"),
                "9090"));
  }

  @Test
  void readsDurationsAsIso8601() {
    assertThat(sample("name: a\ntimeout: PT1M30S").timeout()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void aListOfOneNeedsNoBrackets() {
    assertThat(sample("name: a\nmethods: get\ncodes: 204"))
        .extracting(Sample::methods, Sample::codes)
        .containsExactly(List.of("get"), List.of(204));
  }

  @Test
  void resolvesReferencesToTheEnvironmentInAnyType() {
    assertThat(sample("name: a${PORT}\nport: ${PORT}\nmethods: ['${PORT}']"))
        .extracting(Sample::name, Sample::port, Sample::methods)
        .containsExactly("a9090", 9090, List.of("9090"));
  }

  @Test
  void collectsWhatItRefersTo() {
    Definition definition =
        read("name: a\nsecurity: s\ngroups: [g]\npassword: ${secret:p}").orElseThrow();

    assertThat(definition.references())
        .containsExactly(new ObjectKey("security", "g"), new ObjectKey("security", "s"));
    assertThat(definition.secrets()).containsExactly("p");
    assertThat(definition.active()).isTrue();
    assertThat(kind.referencedKinds()).containsExactly("security");
  }

  @Test
  void knowsWhatIsInactive() {
    assertThat(read("name: a\nis_active: false").orElseThrow().active()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: a\\nprot: 1 | 2 | 1 | unknown field `prot` of `sample`; did you mean `port`?",
        "name: a\\nurl_path: x | 2 | 1 | unknown field `url_path` of `sample`",
        "port: 1 | 1 | 1 | missing field `name` of `sample`",
        "name: ~ | 1 | 1 | missing field `name` of `sample`",
        "name: ' a' | 1 | 7 | name: expected a name without blanks around it, found ` a`",
        "name: ${secret:x} | 1 | 7 | name: expected a name without blanks around it",
        "name: [a] | 1 | 7 | name: expected a text, found a list",
        "name: a\\nport: x | 2 | 7 | port: expected a whole number, found `x`",
        "name: a\\nport: ${WORD} | 2 | 7 | port: expected a whole number, found `${WORD}`",
        "name: a\\nport: 1.5 | 2 | 7 | port: expected a whole number, found `1.5`",
        "name: a\\nport: 99999999999 | 2 | 7 | port: expected a whole number",
        "name: a\\nport: 0 | 2 | 7 | port: expected from 1 to 65535, found 0",
        "name: a\\nport: 70000 | 2 | 7 | port: expected from 1 to 65535, found 70000",
        "name: a\\nport: {a: 1} | 2 | 7 | port: expected a whole number, found a mapping",
        "name: a\\nrate: fast | 2 | 7 | rate: expected a number, found `fast`",
        "name: a\\nrate: .inf | 2 | 7 | rate: expected a number, found `.inf`",
        "name: a\\nis_active: yes | 2 | 12 | is_active: expected true or false, found `yes`",
        "name: a\\nurl_params_pri: x | 2 | 17 | url_params_pri: expected one of qs_over_path, "
            + "path_over_qs, found `x`",
        "name: a\\ntimeout: soon | 2 | 10 | timeout: expected a duration: seconds, or ISO 8601 "
            + "such as PT30S, found `soon`",
        "name: a\\ntimeout: PT2H | 2 | 10 | timeout: expected from 0 to 3600 s, found 7200 s",
        "name: a\\ntimeout: -1 | 2 | 10 | timeout: expected from 0 to 3600 s, found -1 s",
        "name: a\\nhttp_accept: aaaaaaaaaaaaaaaaaaaaa | 2 | 14 | http_accept: expected at most 20 "
            + "characters, found 21 characters",
        "name: a\\nmethods: {get: x} | 2 | 10 | methods: expected a list, each item a text, found a mapping",
        "name: a\\ncodes:\\n  - 200\\n  - x | 4 | 5 | codes: expected a list, each item a whole "
            + "number, found `x`",
        "name: a\\ncodes: [-1] | 2 | 9 | codes: expected at least 0, found -1",
        "name: a\\ncodes:\\n  - ~ | 3 | 5 | codes: expected a list, each item a whole number, "
            + "found nothing",
        "name: a\\nsecurity: '' | 2 | 11 | security: expected the name of a `security` without "
            + "blanks around it, found ``",
        "name: a\\ngroups: ['a '] | 2 | 10 | groups: expected a list of names of `security`",
        "name: a\\ncomment: x${NOBODY} | 2 | 10 | comment: `${NOBODY}`: the environment has no "
            + "NOBODY",
        "name: a\\ncomment: ${oh no} | 2 | 10 | comment: `${...}` that is no reference",
        "name: a\\npassword: [hush] | 2 | 11 | password: expected a text, found a list",
        "name: a\\npassword: '' | 2 | 11 | password: expected at least 1 character, found 0",
        "name: a\\nport: 666\\ncomment: x | 3 | 10 | comment: not at port 666",
        "port: 667\\nname: a | 1 | 1 | rate: must be given at port 667",
        "port: 668\\nname: a | 1 | 1 | can't be checked",
      })
  void saysWhatIsWrongAndWhere(String yaml, int line, int column, String message) {
    assertThat(read(yaml.translateEscapes())).isEmpty();

    assertThat(problems.list()).hasSize(1);
    Diagnostic found = problems.list().get(0);
    assertThat(found.message()).startsWith(message);
    assertThat(List.of(found.line(), found.column())).containsExactly(line, column);
  }

  @Test
  void findsEverythingThatIsWrongAtOnce() {
    read("port: x\nrate: y\nfoo: z");
    assertThat(problems.list()).hasSize(4);
  }

  @Test
  void aSecretIsInNoMessage() {
    read("name: a\npassword: hush${hush");
    read("name: a\npassword: 'hush${hu sh}'");
    assertThat(problems.list()).hasSize(2).asString().doesNotContain("hush", "hu sh");
  }

  @Test
  void whatWaitsForASecretIsNotValidatedYet() {
    assertThat(read("name: a\nport: 667\npassword: ${secret:p}")).isPresent();
  }

  record NoName(String title) {}

  record NameIsNoText(int name) {}

  record UnknownType(String name, Thread thread) {}

  record WrongDefault(String name, @Field(help = "A number.", defaultValue = "many") int count) {}

  record WrongListDefault(
      String name, @Field(help = "Numbers.", defaultValue = "1, 2") List<Integer> counts) {}

  record Picky(String name) {
    Picky {
      if (name.equals("no")) {
        throw new IllegalArgumentException("not that name");
      }
    }
  }

  private record Plain<C extends Record>(String name, Class<C> type) implements ObjectKind<C> {
    @Override
    public LiveObject<C> open(C object) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void refusesRecordsThatCantBeKinds() {
    assertThatThrownBy(() -> Kind.of(new Plain<>("x", NoName.class)))
        .hasMessageContaining("must be String name");
    assertThatThrownBy(() -> Kind.of(new Plain<>("x", NameIsNoText.class)))
        .hasMessageContaining("must be String name");
    assertThatThrownBy(() -> Kind.of(new Plain<>("x", UnknownType.class)))
        .hasMessageContaining("thread: fields can't be of type class java.lang.Thread");
    assertThatThrownBy(() -> Kind.of(new Plain<>("x", WrongDefault.class)))
        .hasMessageContaining("count: the default is not a whole number");
    assertThatThrownBy(() -> Kind.of(new Plain<>("x", WrongListDefault.class)))
        .hasMessageContaining("counts: the default is not a list: 1, 2");
  }

  @Test
  void aRecordMayRefuseItsValues() {
    YamlValue.Mapping item =
        new YamlReader(new YamlLimits(100, 5, 5))
            .read("name: no".getBytes(StandardCharsets.UTF_8), problems)
            .orElseThrow();

    assertThat(
            Kind.of(new Plain<>("picky", Picky.class))
                .read(item, new TextReferences(name -> null), problems))
        .isEmpty();
    assertThat(problems.list())
        .containsExactly(Diagnostic.error("serai.yaml", 1, 1, "not that name"));
  }
}
