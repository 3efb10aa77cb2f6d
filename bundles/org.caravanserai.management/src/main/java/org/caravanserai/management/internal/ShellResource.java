package org.caravanserai.management.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.caravanserai.security.Operation;
import org.caravanserai.security.Role;
import org.caravanserai.security.ShellRoles;
import org.caravanserai.security.User;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.MaskedCommand;
import org.caravanserai.security.audit.Outcome;
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
  private final Audit audit;

  /** Made by the container. */
  @Activate
  public ShellResource(@Reference SessionFactory sessions, @Reference Audit audit) {
    this.sessions = sessions;
    this.audit = audit;
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
    Audit.Begun begun = begin(command, exchange);
    Outcome outcome = Outcome.FAILED;
    try (var printer = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      outcome = run(command, printer, exchange);
    } finally {
      begun.end(outcome, "");
    }
    exchange.header("X-Serai-Exit-Status", outcome == Outcome.DONE ? "0" : "1");
    exchange.answer(200, TEXT + "; charset=utf-8", output.toByteArray());
  }

  private Audit.Begun begin(String command, ApiExchange exchange) throws Problem {
    try {
      return audit.begin(exchange.event("shell", MaskedCommand.of(command)));
    } catch (UncheckedIOException e) {
      throw new Problem(507, "Nothing was done: " + e.getMessage());
    }
  }

  private Outcome run(String command, PrintStream printer, ApiExchange exchange) {
    String directory = exchange.header("X-Serai-Directory");
    Set<Principal> principals = new LinkedHashSet<>(ShellRoles.of(exchange.user()));
    principals.add(new ClientPrincipal("api", exchange.address()));
    Session session = sessions.create(new ByteArrayInputStream(new byte[0]), printer, printer);
    try {
      session.put("USER", exchange.user().name());
      session.put("serai.directory", directory == null ? "" : directory);
      Subject.doAs(
          new Subject(true, principals, Set.of(), Set.of()),
          (PrivilegedExceptionAction<@Nullable Object>) () -> session.execute(command));
      return Outcome.DONE;
    } catch (PrivilegedActionException e) {
      return failed(e.getException(), printer, exchange.user());
    } catch (RuntimeException e) {
      return failed(e, printer, exchange.user());
    } finally {
      session.close();
    }
  }

  /** Karaf says of a command for other roles, {@code scope:name}, that it is not found. */
  private static Outcome failed(Exception failure, PrintStream printer, User user) {
    String words = words(failure);
    boolean isHidden =
        failure.getClass().getSimpleName().equals("CommandNotFoundException")
            && words.matches(".*: [^ ]+:[^ ]+")
            && !user.roles().contains(Role.ADMIN.id());
    if (isHidden || failure instanceof SecurityException) {
      printer.println(
          isHidden
              ? words + ": your roles do not allow it, or it is not there"
              : "your roles do not allow this command with these arguments");
      return Outcome.FORBIDDEN;
    }
    printer.println(words);
    return Outcome.FAILED;
  }

  private static String words(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
