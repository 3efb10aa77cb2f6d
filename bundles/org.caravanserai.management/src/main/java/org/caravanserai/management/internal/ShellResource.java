package org.caravanserai.management.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.caravanserai.security.Operation;
import org.caravanserai.security.ShellRoles;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs one shell command, for {@code bin/serai}.
 *
 * <p>{@code POST} with the command line as text and the caller's folder, against which relative
 * file names count, in {@code X-Serai-Directory}. The answer is what the command printed; {@code
 * X-Serai-Exit-Status} is 0, or 1 if it failed. The commands are those that the caller's roles
 * allow.
 */
@Component(service = Resource.class)
public final class ShellResource implements Resource {

  private static final int LONGEST_COMMAND = 1024 * 1024;
  private static final String TEXT = "text/plain";

  private final SessionFactory sessions;

  /** Made by the container. */
  @Activate
  public ShellResource(@Reference SessionFactory sessions) {
    this.sessions = sessions;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "POST",
                "/api/v1/shell",
                Operation.SHELL_USE,
                "one line for the shell, whose commands need roles of their own;"
                    + " X-Serai-Exit-Status",
                this::execute)
            .takes(TEXT, Map.of("type", "string"))
            .answers(200, TEXT, Map.of("type", "string"))
            .refuses(413));
  }

  private void execute(ApiExchange exchange) throws IOException, Problem {
    String command = new String(exchange.body(LONGEST_COMMAND), StandardCharsets.UTF_8);
    var output = new ByteArrayOutputStream();
    int status = run(command, output, exchange);
    exchange.header("X-Serai-Exit-Status", Integer.toString(status));
    exchange.answer(200, TEXT + "; charset=utf-8", output.toByteArray());
  }

  private int run(String command, ByteArrayOutputStream output, ApiExchange exchange) {
    String directory = exchange.header("X-Serai-Directory");
    try (var printer = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      Session session = sessions.create(new ByteArrayInputStream(new byte[0]), printer, printer);
      try {
        session.put("USER", exchange.user().name());
        session.put("serai.directory", directory == null ? "" : directory);
        Subject.doAs(
            new Subject(
                true, ShellRoles.of(exchange.user()), java.util.Set.of(), java.util.Set.of()),
            (PrivilegedExceptionAction<@Nullable Object>) () -> session.execute(command));
        return 0;
      } catch (PrivilegedActionException e) {
        printer.println(words(e.getException()));
        return 1;
      } catch (RuntimeException e) {
        printer.println(words(e));
        return 1;
      } finally {
        session.close();
      }
    }
  }

  private static String words(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
