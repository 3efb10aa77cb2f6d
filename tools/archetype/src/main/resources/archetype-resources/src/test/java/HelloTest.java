package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.caravanserai.junit5.SeraiTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In memory; with -Dserai.test.url=http://127.0.0.1:8183 on the server where it is deployed. */
class HelloTest {

  @RegisterExtension final SeraiTest serai = SeraiTest.of(Hello.class);

  @Test
  void itGreetsByName() {
    Hello.Response response =
        serai.invoke(Hello.class, new Hello.Request("Ada"), Hello.Response.class);
    assertEquals("Hello, Ada", response.greeting());
  }

  @Test
  void itWantsAName() {
    ServiceException refusal =
        assertThrows(
            ServiceException.class,
            () -> serai.invoke(Hello.class, Map.of("nme", "Ada"), Hello.Response.class));
    assertEquals(400, refusal.status());
  }
}
