package org.caravanserai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  /** A command that works for a while. */
  private static final class Working extends DataCommand {
    @Override
    public Object execute() {
      try (Progress progress = Progress.of(this)) {
        progress.say("one of two ...");
        progress.say("two of two ...");
      }
      return "";
    }
  }

  @ParameterizedTest
  @CsvSource({"80,false,true", "80,true,false", "0,false,false"})
  void itIsSeenAtATerminalOnlyAndLeavesNothing(int width, boolean json, boolean seen)
      throws Exception {
    var bytes = new ByteArrayOutputStream();
    var command = new Working();
    try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      set(command, "session", TableTest.session(width, out));
      set(command, "json", json);
      command.execute();
    }
    String printed = bytes.toString(StandardCharsets.UTF_8);
    if (seen) {
      assertThat(printed).contains("one of two ...").contains("two of two ...");
      assertThat(printed).endsWith("\r" + " ".repeat("two of two ...".length()) + "\r");
    } else {
      assertThat(printed).isEmpty();
    }
  }

  private static void set(Working command, String name, Object value) throws Exception {
    Field field = DataCommand.class.getDeclaredField(name);
    field.setAccessible(true);
    field.set(command, value);
  }
}
