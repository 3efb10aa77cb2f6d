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
 * @param output all that it printed, its errors last
 * @param errors what of it went to standard error
 */
public record ScriptResult(int status, String output, String errors) {

  /** What it printed but for errors. */
  public String printed() {
    return output.substring(0, output.length() - errors.length());
  }

  /** Runs a script to its end, with nothing of this process's settings but those given. */
  static ScriptResult of(
      Path script, List<String> arguments, Map<String, String> environment, Duration limit) {
    List<String> command = new ArrayList<>();
    command.add(script.toString());
    command.addAll(arguments);
    try {
      Path output = Files.createTempFile("script", ".out");
      Path errors = Files.createTempFile("script", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SERAI_"));
        builder.environment().putAll(environment);
        // A file and not a pipe: what a script leaves behind running would hold a pipe open.
        Process process =
            builder
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(script + " still ran after " + limit.toSeconds() + " s");
        }
        String failed = Files.readString(errors, StandardCharsets.UTF_8);
        return new ScriptResult(
            process.exitValue(), Files.readString(output, StandardCharsets.UTF_8) + failed, failed);
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
