package org.caravanserai.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

class ServiceTest {

  @ServiceName("hello.world")
  private static final class Named implements Service<String, String> {
    @Override
    public String handle(String input, Context context) {
      return "Hello, " + input;
    }
  }

  @Test
  void aServiceMayBeWrittenAsALambda() throws Exception {
    Service<String, Integer> length = (input, context) -> input.length();
    assertThat(length.handle("four", null)).isEqualTo(4);
  }

  @Test
  void itsNameIsReadFromTheClassAtRunTime() throws Exception {
    assertThat(Named.class.getAnnotation(ServiceName.class).value()).isEqualTo("hello.world");
    assertThat(ServiceName.class.getAnnotation(Retention.class).value())
        .isEqualTo(RetentionPolicy.RUNTIME);
    assertThat(ServiceName.class.getAnnotation(Target.class).value())
        .containsExactly(ElementType.TYPE);
    assertThat(new Named().handle("you", null)).isEqualTo("Hello, you");
  }
}
