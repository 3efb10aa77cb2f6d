package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HelloTest {

  @Test
  void itGreetsByName() {
    // It asks nothing of its surroundings, so it needs none.
    Hello.Response response = new Hello().handle(new Hello.Request("Ada"), null);
    assertEquals("Hello, Ada", response.greeting());
  }
}
