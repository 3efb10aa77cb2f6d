package org.caravanserai.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a script ended.
 *
 * @param status its exit status
 * @param output all that it printed
 */
public record ScriptResult(int status, String output) {

  /** Runs a script to its end, with nothing of this process's settings but those given. */
  static ScriptResult of(
      Path script, List<String> arguments, Map<String, String> environment, Duration limit) {
    List<String> command = new ArrayList<>();
    command.add(script.toString());
    command.addAll(arguments);
    try {
      Path output = Files.createTempFile("script", ".out");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SERAI_"));
        builder.environment().putAll(environment);
        // A file and not a pipe: what a script leaves behind running would hold a pipe open.
        Process process =
            builder
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(script + " still ran after " + limit.toSeconds() + " s");
        }
        return new ScriptResult(
            process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
