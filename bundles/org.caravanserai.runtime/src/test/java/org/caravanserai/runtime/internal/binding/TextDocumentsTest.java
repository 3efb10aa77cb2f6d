package org.caravanserai.runtime.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanserai.runtime.internal.binding.Bound.complaint;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Rendered;
import org.junit.jupiter.api.Test;

/** XML and CSV in and out. */
class TextDocumentsTest {

  enum Size2 {
    SMALL,
    LARGE
  }

  record Line(String item, int count) {}

  record Order(
      long id,
      LocalDate date,
      boolean express,
      BigDecimal total,
      Size2 size,
      Optional<String> note,
      Optional<Integer> weight,
      List<Line> line) {}

  record Person(String name, Optional<Integer> age) {}

  private static final Type PEOPLE = new TypeReference<List<Person>>() {}.getType();

  private static Payload document(DataFormat format, String text) {
    return document(format, text, Map.of(), false);
  }

  private static Payload document(
      DataFormat format, String text, Map<String, List<String>> parameters, boolean first) {
    return new Payload.Document(
        text.getBytes(StandardCharsets.UTF_8), format, parameters, first, false);
  }

  private static Object xml(Type type, String text) {
    return Bound.to(type).take(document(DataFormat.XML, text));
  }

  private static Object csv(Type type, String text) {
    return Bound.to(type).take(document(DataFormat.CSV, text));
  }

  private static List<Person> people(DataFormat format, String text) {
    return Bound.<List<Person>>to(PEOPLE).take(document(format, text));
  }

  private static String write(Type type, Object value, DataFormat format) throws IOException {
    Rendered rendered = Bound.to(type).binding().render(value, format);
    return new String(((Rendered.Bytes) rendered).content(), StandardCharsets.UTF_8);
  }

  @Test
  void xmlBecomesARecord() {
    Order order =
        (Order)
            xml(
                Order.class,
                """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- an order -->
            <o:order xmlns:o="urn:orders" id="7" express="true">
              <o:date>2026-01-31</o:date><total>12.50</total><size>small</size><weight/>
              <line item="tea"><count>2</count></line>
              <other>ignored</other>
              <line><item>a &lt; b</item><count>1</count></line>
            </o:order>
            """);

    assertThat(order)
        .isEqualTo(
            new Order(
                7,
                LocalDate.of(2026, 1, 31),
                true,
                new BigDecimal("12.50"),
                Size2.SMALL,
                Optional.empty(),
                Optional.empty(),
                List.of(new Line("tea", 2), new Line("a < b", 1))));
  }

  @Test
  void aListIsAnElementThatMayBeRepeated() {
    String order =
        "<x><id>1</id><date>2026-01-31</date><express>false</express><total>1</total>"
            + "<size>LARGE</size>%s</x>";
    String line = "<line><item>a</item><count>1</count></line>";

    assertThat(Bound.<Order>to(Order.class).take(document(DataFormat.XML, order.formatted(""))))
        .satisfies(none -> assertThat(none.line()).isEmpty());
    assertThat(Bound.<Order>to(Order.class).take(document(DataFormat.XML, order.formatted(line))))
        .satisfies(one -> assertThat(one.line()).hasSize(1));
    List<Person> people =
        people(DataFormat.XML, "<people><p><name>Ada</name></p><p><name>Bob</name></p></people>");
    assertThat(people).extracting(Person::name).containsExactly("Ada", "Bob");
    assertThat(people(DataFormat.XML, "<people><p><name>A</name></p></people>")).hasSize(1);
    assertThat(people(DataFormat.XML, "<people/>")).isEmpty();
  }

  @Test
  void xmlNamesThePlaceOfWhatDoesNotFit() {
    assertThat(complaint(() -> xml(Person.class, "<p><age>1</age></p>")))
        .isEqualTo("/name: missing");
    assertThat(complaint(() -> xml(Person.class, "<p><name>A</name><age>x</age></p>")))
        .isEqualTo("/age: expected a whole number, got text");
    assertThat(complaint(() -> xml(PEOPLE, "<l><p><name>A</name></p><p/></l>"))).startsWith("/1: ");
    assertThat(complaint(() -> xml(Person.class, "<p>\n<name>A</nam></p>")))
        .startsWith("line 2, column ")
        .endsWith("this is no XML");
    assertThat(complaint(() -> xml(Person.class, "hello"))).endsWith("this is no XML");
    assertThat(complaint(() -> xml(Person.class, "<p><name>A</name></p><p/>")))
        .endsWith("this is no XML");
    assertThat(complaint(() -> xml(Person.class, "<p/>"))).isEqualTo("/name: missing");
    assertThat(complaint(() -> xml(Person.class, "<a>".repeat(300)))).contains("nested");
  }

  @Test
  void nothingOutsideOfAnXmlDocumentIsReadAndNoneGrows() {
    String external =
        "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p><name>&x;</name></p>";
    String bomb =
        "<!DOCTYPE p [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><p><name>&b;</name></p>";
    String include =
        "<p xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\"/></p>";

    assertThat(complaint(() -> xml(Person.class, external))).contains("a DOCTYPE is not taken");
    assertThat(complaint(() -> xml(Person.class, bomb))).contains("a DOCTYPE is not taken");
    assertThat(complaint(() -> xml(Person.class, "<p><name>&x;</name></p>")))
        .endsWith("this is no XML");
    assertThat(complaint(() -> xml(Person.class, include))).isEqualTo("/name: missing");
  }

  @Test
  void xmlMayBeATreeOrAMapOfText() {
    JsonNode tree =
        (JsonNode) xml(JsonNode.class, "<a id='1'><b>2</b><b>3</b><c d='4'>text</c><e/></a>");

    assertThat(tree.toString())
        .isEqualTo(
            "{\"id\":\"1\",\"b\":[\"2\",\"3\"],\"c\":{\"d\":\"4\",\"\":\"text\"},\"e\":\"\"}");
    assertThat(xml(new TypeReference<Map<String, Object>>() {}.getType(), "<a><b>2</b></a>"))
        .isEqualTo(Map.of("b", "2"));
  }

  @Test
  void anOrderInXmlSurvivesTheRoundTrip() throws Exception {
    Order order =
        new Order(
            1,
            LocalDate.of(2026, 2, 3),
            false,
            new BigDecimal("1.10"),
            Size2.LARGE,
            Optional.of("<&>"),
            Optional.empty(),
            List.of(new Line("", 0)));

    String document = write(Order.class, order, DataFormat.XML);

    assertThat(document)
        .isEqualTo(
            "<?xml version='1.0' encoding='UTF-8'?><order><id>1</id><date>2026-02-03</date>"
                + "<express>false</express><total>1.10</total><size>LARGE</size>"
                + "<note>&lt;&amp;></note><line><item></item><count>0</count></line></order>");
    assertThat(xml(Order.class, document)).isEqualTo(order);
  }

  @Test
  void whatIsNoRecordIsAResponseInXml() throws Exception {
    assertThat(write(PEOPLE, List.of(new Person("A", Optional.of(1))), DataFormat.XML))
        .endsWith("<response><item><name>A</name><age>1</age></item></response>");
    assertThat(write(Map.class, Map.of("a", List.of(1, 2)), DataFormat.XML))
        .endsWith("<response><a>1</a><a>2</a></response>");
    assertThat(Bound.to(String.class).binding().render("<a/>", DataFormat.XML))
        .isInstanceOfSatisfying(
            Rendered.Bytes.class,
            bytes -> assertThat(bytes.contentType()).isEqualTo("application/xml"));
    assertThatThrownBy(() -> write(Map.class, Map.of("a b", 1), DataFormat.XML))
        .isInstanceOf(Exception.class);
  }

  @Test
  void csvBecomesRecords() {
    List<Person> people =
        people(DataFormat.CSV, "name,age\r\n\"Ada, \"\"L\"\"\",36\r\nBob,\r\n\r\n,1\r\n");

    assertThat(people)
        .containsExactly(
            new Person("Ada, \"L\"", Optional.of(36)),
            new Person("Bob", Optional.empty()),
            new Person("", Optional.of(1)));
    assertThat(people(DataFormat.CSV, "name,age\n")).isEmpty();
    assertThat(csv(Person.class, "\ufeffname\nAda\n"))
        .isEqualTo(new Person("Ada", Optional.empty()));
  }

  @Test
  void csvNamesThePlaceOfWhatDoesNotFit() {
    assertThat(complaint(() -> csv(PEOPLE, "name,age\nAda,1\nBob,x\n")))
        .isEqualTo("/1/age: expected a whole number, got text");
    assertThat(complaint(() -> csv(PEOPLE, "age\n1\n"))).isEqualTo("/0/name: missing");
    assertThat(complaint(() -> csv(PEOPLE, "name,age\nAda,1,2\n")))
        .isEqualTo("line 2: more cells than columns");
    assertThat(complaint(() -> csv(PEOPLE, "name,name\na,b\n")))
        .isEqualTo("line 1: the column name occurs twice");
    assertThat(complaint(() -> csv(Person.class, "name\na\nb\n")))
        .isEqualTo("/: expected one row, got 2");
    byte[] latin = "name\nM\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            complaint(
                () ->
                    Bound.to(PEOPLE)
                        .take(new Payload.Document(latin, DataFormat.CSV, Map.of(), false))))
        .isEqualTo("the document is not in UTF-8");
  }

  @Test
  void recordsBecomeCsv() throws Exception {
    assertThat(write(PEOPLE, List.of(new Person("A,\"b\"", Optional.empty())), DataFormat.CSV))
        .isEqualTo("name,age\r\n\"A,\"\"b\"\"\",\r\n");
    assertThat(write(PEOPLE, List.of(), DataFormat.CSV)).isEqualTo("name,age\r\n");
    assertThat(write(Person.class, new Person("A", Optional.of(2)), DataFormat.CSV))
        .isEqualTo("name,age\r\nA,2\r\n");
    assertThatThrownBy(() -> write(List.class, List.of(Map.of("a", List.of(1))), DataFormat.CSV))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("inside a");
    assertThatThrownBy(() -> write(List.class, List.of(1), DataFormat.CSV))
        .isInstanceOf(IOException.class);
  }

  @Test
  void parametersGoOverTheDocumentUnlessItGoesFirst() {
    Map<String, List<String>> beside = Map.of("name", List.of("Eve"), "age", List.of("9"));
    Bound<Person> people = Bound.to(Person.class);
    for (DataFormat format : Arrays.asList(DataFormat.JSON, DataFormat.XML, DataFormat.FORM)) {
      String text =
          switch (format) {
            case XML -> "<p><name>Ada</name></p>";
            case FORM -> "name=Ada";
            default -> "{\"name\":\"Ada\"}";
          };
      assertThat(people.take(document(format, text, beside, false)))
          .isEqualTo(new Person("Eve", Optional.of(9)));
      assertThat(people.take(document(format, text, beside, true)))
          .isEqualTo(new Person("Ada", Optional.of(9)));
    }
    JsonNode tree =
        Bound.<JsonNode>to(JsonNode.class)
            .take(document(DataFormat.JSON, "{\"name\":\"Ada\"}", beside, true));
    assertThat(tree.toString()).isEqualTo("{\"name\":\"Ada\",\"age\":\"9\"}");
  }

  @Property(tries = 200)
  void anyTextSurvivesCsvAndXml(
      @ForAll @Size(max = 5) List<@AlphaChars @StringLength(max = 9) String> names)
      throws Exception {
    List<Person> people = names.stream().map(n -> new Person(n, Optional.of(n.length()))).toList();

    assertThat(people(DataFormat.CSV, write(PEOPLE, people, DataFormat.CSV))).isEqualTo(people);
    assertThat(people(DataFormat.XML, write(PEOPLE, people, DataFormat.XML))).isEqualTo(people);
  }

  @Property(tries = 500)
  void whateverComesIsBoundOrRefusedInWords(@ForAll String garbage) {
    for (DataFormat format : List.of(DataFormat.XML, DataFormat.CSV)) {
      try {
        Bound.to(PEOPLE).take(document(format, garbage));
      } catch (ServiceException refused) {
        assertThat(refused.status()).isEqualTo(400);
      }
    }
  }
}
