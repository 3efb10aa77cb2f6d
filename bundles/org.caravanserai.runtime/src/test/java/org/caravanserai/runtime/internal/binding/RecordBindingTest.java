package org.caravanserai.runtime.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanserai.runtime.internal.binding.Bound.complaint;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordBindingTest {

  record Address(String city, Optional<String> zip) {}

  record User(String name, int age, Address address, List<Address> former) {}

  private static final String USER =
      "{'name':'Ann','age':30,'address':{'city':'Oslo','zip':'0150'},'former':[{'city':'Bergen'}]}"
          .replace('\'', '"');

  private final Bound<User> user = Bound.to(User.class);

  private static String q(String json) {
    return json.replace('\'', '"');
  }

  @Test
  void nestedRecordsAndListsAreBound() {
    assertThat(user.json(USER))
        .isEqualTo(
            new User(
                "Ann",
                30,
                new Address("Oslo", Optional.of("0150")),
                List.of(new Address("Bergen", Optional.empty()))));
  }

  @Test
  void aMissingComponentIsNamedByItsPlace() {
    assertThat(complaint(() -> user.json(USER.replace("\"city\":\"Oslo\",", ""))))
        .isEqualTo("/address/city: missing");
    assertThat(complaint(() -> user.json(USER.replace("\"Bergen\"", "null"))))
        .isEqualTo("/former/0/city: missing");
    assertThat(complaint(() -> user.json("{}"))).isEqualTo("/name: missing");
  }

  @Test
  void nullIsTheSameAsAbsent() {
    assertThat(complaint(() -> user.json(USER.replace("\"Ann\"", "null"))))
        .isEqualTo("/name: missing");
    assertThat(complaint(() -> user.json(USER.replace("30", "null")))).isEqualTo("/age: missing");
    assertThat(user.json(USER.replace("\"0150\"", "null")).address().zip()).isEmpty();
    assertThat(complaint(() -> user.json("null"))).isEqualTo("/: missing");
  }

  @Test
  void nullInsideAListIsMissing() {
    assertThat(complaint(() -> user.json(USER.replace("{\"city\":\"Bergen\"}", "null"))))
        .isEqualTo("/former/0: missing");
    assertThat(complaint(() -> Bound.to(Containers.class).json(q("{'texts':['a','b',null]}"))))
        .isEqualTo("/texts/2: missing");
    assertThat(complaint(() -> Bound.to(Containers.class).json(q("{'numbers':[1,null]}"))))
        .isEqualTo("/numbers/1: missing");
    assertThat(complaint(() -> Bound.to(Containers.class).json(q("{'matrix':[[1],null]}"))))
        .isEqualTo("/matrix/1: missing");
    assertThat(complaint(() -> Bound.to(Containers.class).json(q("{'byName':{'a':null}}"))))
        .isEqualTo("/byName/a: missing");
    assertThat(complaint(() -> Bound.to(Containers.class).json(q("{'array':['a',null]}"))))
        .isEqualTo("/array/1: missing");
  }

  record Containers(
      Optional<List<String>> texts,
      Optional<Set<Long>> numbers,
      Optional<List<List<Integer>>> matrix,
      @Nullable Map<String, Integer> byName,
      String @Nullable [] array,
      @Nullable Map<String, Object> any) {}

  @Test
  void wrongContainersAreNamed() {
    Bound<Containers> bound = Bound.to(Containers.class);
    assertThat(complaint(() -> bound.json(q("{'texts':'a'}"))))
        .isEqualTo("/texts: expected a list, got text");
    assertThat(complaint(() -> bound.json(q("{'texts':''}"))))
        .isEqualTo("/texts: expected a list, got text");
    assertThat(complaint(() -> bound.json(q("{'texts':{}}"))))
        .isEqualTo("/texts: expected a list, got an object");
    assertThat(complaint(() -> bound.json(q("{'byName':[]}"))))
        .isEqualTo("/byName: expected an object, got a list");
    assertThat(complaint(() -> bound.json(q("{'byName':{'a/b~c':'x'}}"))))
        .isEqualTo("/byName/a~1b~0c: expected a whole number, got text");
    assertThat(complaint(() -> bound.json("[]"))).isEqualTo("/: expected an object, got a list");
    assertThat(complaint(() -> bound.json("1"))).isEqualTo("/: expected an object, got a number");
    assertThat(complaint(() -> user.json(USER.replace("[{\"city\":\"Bergen\"}]", "[7]"))))
        .isEqualTo("/former/0: expected an object, got a number");
    assertThat(bound.json(q("{'any':{'a':null,'b':[1,null]}}")).any())
        .containsEntry("a", null)
        .containsKey("b");
  }

  @Test
  void unknownMembersAreIgnoredUnlessStrict() {
    String more = USER.replace("\"city\":\"Oslo\"", "\"city\":\"Oslo\",\"street\":{\"a\":[1]}");
    assertThat(user.json(more).address().city()).isEqualTo("Oslo");
    assertThat(complaint(() -> user.strict(more))).isEqualTo("/address/street: unknown");
    assertThat(user.strict(USER).name()).isEqualTo("Ann");
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Own {
    @Retention(RetentionPolicy.RUNTIME)
    @interface Nullable {}
  }

  record Loose(
      @Own.Nullable String own,
      @Nullable String typeUse,
      @JsonProperty(defaultValue = "7") int count,
      @JsonProperty(defaultValue = "2026-01-31") LocalDate day,
      @JsonProperty(defaultValue = "[1, 2]") List<Integer> list,
      @JsonProperty(defaultValue = "x") Optional<String> text,
      OptionalInt number) {}

  @Test
  void whatIsNullableOrDefaultedIsNotRequired() {
    Loose loose =
        new Loose(
            null,
            null,
            7,
            LocalDate.of(2026, 1, 31),
            List.of(1, 2),
            Optional.of("x"),
            OptionalInt.empty());
    Bound<Loose> bound = Bound.to(Loose.class);
    assertThat(bound.json("{}")).isEqualTo(loose);
    assertThat(bound.json("")).isEqualTo(loose);
    assertThat(bound.json(" \r\n\t")).isEqualTo(loose);
    assertThat(bound.value(null)).isEqualTo(loose);
    assertThat(bound.json(q("{'count':null,'list':null}"))).isEqualTo(loose);
    assertThat(bound.json(q("{'count':8,'number':3}")))
        .matches(it -> it.count() == 8 && it.number().getAsInt() == 3);
  }

  @Test
  void defaultsOfListsAreNotShared() {
    Bound<Loose> bound = Bound.to(Loose.class);
    bound.json("{}").list().add(3);
    assertThat(bound.json("{}").list()).containsExactly(1, 2);
  }

  record BadDefault(@JsonProperty(defaultValue = "many") int count) {}

  @Test
  void aDefaultThatDoesNotFitIsRefusedAtOnce() {
    assertThat(refusal(BadDefault.class)).contains("/count: expected a whole number, got text");
  }

  interface Shape {}

  record Drawing(List<Shape> shapes) {}

  @Test
  void whatCanNeverBeMadeIsRefusedAtOnce() {
    assertThat(refusal(Drawing.class))
        .contains("/shapes: ")
        .contains("Shape is an interface, no object of it can be made from a document");
    assertThat(refusal(Shape.class)).contains("is an interface");
  }

  private static String refusal(Class<?> type) {
    try {
      Bound.BINDINGS.bind(type, Void.class);
      return "bound";
    } catch (UnboundTypeException unfit) {
      return String.valueOf(unfit.getMessage());
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Figure {}

  record Circle(double radius) implements Figure {}

  record Square(int side) implements Figure {}

  record Figures(List<Figure> figures, Figure best) {}

  @Test
  void typesThatTellThemselvesAreBound() throws Exception {
    Bound<Figures> bound = Bound.to(Figures.class);
    String json =
        q("{'figures':[{'kind':'circle','radius':1.5},{'side':2,'kind':'square'}],")
            + q("'best':{'kind':'circle','radius':2}}");
    Figures figures = new Figures(List.of(new Circle(1.5), new Square(2)), new Circle(2));
    assertThat(bound.json(json)).isEqualTo(figures);
    assertThat(bound.json(bound.write(figures))).isEqualTo(figures);
    assertThat(complaint(() -> bound.json(json.replace("square", "cube"))))
        .isEqualTo("/figures/1: does not say of which known type it is");
    assertThat(complaint(() -> bound.json(json.replace("\"side\":2", "\"side\":\"2\""))))
        .isEqualTo("/figures/1/side: expected a whole number, got text");
  }

  record Named(
      @JsonProperty("given-name") String name,
      @JsonAlias("years") int age,
      @JsonFormat(pattern = "dd.MM.yyyy") LocalDate born) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Snake(String firstName) {}

  @Test
  void jacksonsNamesWin() throws Exception {
    Bound<Named> bound = Bound.to(Named.class);
    Named named = new Named("Ann", 3, LocalDate.of(2020, 2, 1));
    assertThat(bound.json(q("{'given-name':'Ann','years':3,'born':'01.02.2020'}")))
        .isEqualTo(named);
    assertThat(bound.json(bound.write(named))).isEqualTo(named);
    assertThat(complaint(() -> bound.json(q("{'name':'Ann','age':3,'born':'01.02.2020'}"))))
        .isEqualTo("/given-name: missing");
    assertThat(Bound.to(Snake.class).json(q("{'first_name':'Ann'}")).firstName()).isEqualTo("Ann");
  }

  record Tree(String name, List<Tree> children) {}

  record Pair<A, B>(A first, B second) {}

  record Pairs(Pair<Integer, Pair<String, LocalDate>> pair) {}

  @Test
  void recursiveAndGenericRecordsAreBound() {
    assertThat(Bound.to(Tree.class).json(q("{'name':'a','children':[{'name':'b','children':[]}]}")))
        .isEqualTo(new Tree("a", List.of(new Tree("b", List.of()))));
    assertThat(
            Bound.to(Pairs.class)
                .json(q("{'pair':{'first':1,'second':{'first':'x','second':'2026-01-31'}}}")))
        .isEqualTo(new Pairs(new Pair<>(1, new Pair<>("x", LocalDate.of(2026, 1, 31)))));
    assertThat(
            complaint(
                () ->
                    Bound.to(Pairs.class).json(q("{'pair':{'first':'1','second':{'first':'x'}}}"))))
        .isEqualTo("/pair/first: expected a whole number, got text");
  }

  record Checked(int age) {
    Checked {
      if (age < 0) {
        throw new IllegalArgumentException("must not be negative");
      }
      if (age > 200) {
        throw new ServiceException(422, "nobody is that old");
      }
      if (age == 13) {
        throw new IllegalStateException("bad luck");
      }
    }
  }

  record CheckedList(List<Checked> list) {}

  @Test
  void aRecordMayCheckItself() {
    Bound<CheckedList> bound = Bound.to(CheckedList.class);
    assertThat(complaint(() -> bound.json(q("{'list':[{'age':1},{'age':-1}]}"))))
        .isEqualTo("/list/1: must not be negative");
    assertThat(complaint(() -> bound.json(q("{'list':[{'age':201}]}"))))
        .isEqualTo("422 nobody is that old");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> bound.json(q("{'list':[{'age':13}]}")))
        .isNotInstanceOf(ServiceException.class)
        .hasRootCauseMessage("bad luck");
  }

  record AnyTree(JsonNode tree, Object any, @Nullable JsonNode maybe) {}

  @Test
  void treesInsideRecordsAreTakenAsTheyAre() {
    AnyTree bound = Bound.to(AnyTree.class).json(q("{'tree':[1.50,null],'any':{'a':2.50}}"));
    assertThat(bound.tree().toString()).isEqualTo("[1.50,null]");
    assertThat(bound.any()).hasToString("{a=2.50}");
    assertThat(bound.maybe()).isNull();
  }

  static class Bean {
    private String name = "none";
    private int age;

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public int getAge() {
      return age;
    }

    public void setAge(int age) {
      this.age = age;
    }
  }

  record WithBean(Bean bean) {}

  @Test
  void beansAreBoundByTheSameRules() {
    Bound<WithBean> bound = Bound.to(WithBean.class);
    assertThat(bound.json(q("{'bean':{'name':'x','age':3}}")).bean().getName()).isEqualTo("x");
    assertThat(complaint(() -> bound.json(q("{'bean':{'age':'3'}}"))))
        .isEqualTo("/bean/age: expected a whole number, got text");
    assertThat(complaint(() -> bound.json(q("{'bean':[]}"))))
        .isEqualTo("/bean: expected an object, got a list");
    assertThat(bound.json(q("{'bean':{'name':null}}")).bean().getName()).isEqualTo("none");
    assertThat(complaint(() -> bound.strict(q("{'bean':{'x':1}}")))).isEqualTo("/bean/x: unknown");
  }
}
