package org.caravanserai.management.internal;

import java.io.ByteArrayInputStream;
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
import org.apache.karaf.shell.support.CommandException;
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
 * file names count, in {@code X-Serai-Directory}. The answer is what the command printed, and after
 * that what it said went wrong: so many bytes at the end as {@code X-Serai-Error-Length} says.
 * {@code X-Serai-Exit-Status} is 0 if all is done, 1 if it was refused or failed, 2 if it was typed
 * wrong. The commands are those that the caller's roles allow.
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
                    + " X-Serai-Exit-Status, X-Serai-Error-Length",
                this::execute)
            .takes(TEXT, Map.of("type", "string"))
            .answers(200, TEXT, Map.of("type", "string"))
            .refuses(413));
  }

  private void execute(ApiExchange exchange) throws IOException, Problem {
    String command = new String(exchange.body(LONGEST_COMMAND), StandardCharsets.UTF_8);
    var output = new PlainOutput();
    var errors = new PlainOutput();
    Audit.Begun begun = begin(command, exchange);
    End end = End.FAILED;
    try (var printer = new PrintStream(output, true, StandardCharsets.UTF_8);
        var warner = new PrintStream(errors, true, StandardCharsets.UTF_8)) {
      end = run(command, printer, warner, exchange);
    } finally {
      begun.end(end.outcome, "");
    }
    exchange.header("X-Serai-Exit-Status", Integer.toString(end.status));
    exchange.header("X-Serai-Error-Length", Integer.toString(errors.size()));
    errors.writeTo(output);
    exchange.answer(200, TEXT + "; charset=utf-8", output.toByteArray());
  }

  private Audit.Begun begin(String command, ApiExchange exchange) throws Problem {
    try {
      return audit.begin(exchange.event("shell", MaskedCommand.of(command)));
    } catch (UncheckedIOException e) {
      throw new Problem(507, "Nothing was done: " + e.getMessage());
    }
  }

  private End run(String command, PrintStream printer, PrintStream warner, ApiExchange exchange) {
    String directory = exchange.header("X-Serai-Directory");
    Set<Principal> principals = new LinkedHashSet<>(ShellRoles.of(exchange.user()));
    principals.add(new ClientPrincipal("api", exchange.address()));
    Session session = sessions.create(new ByteArrayInputStream(new byte[0]), printer, warner);
    try {
      session.put("USER", exchange.user().name());
      session.put("serai.directory", directory == null ? "" : directory);
      Subject.doAs(
          new Subject(true, principals, Set.of(), Set.of()),
          (PrivilegedExceptionAction<@Nullable Object>) () -> session.execute(command));
      return End.DONE;
    } catch (PrivilegedActionException e) {
      return failed(e.getException(), warner, exchange.user());
    } catch (RuntimeException e) {
      return failed(e, warner, exchange.user());
    } finally {
      session.close();
    }
  }

  /** Karaf says of a command for other roles, {@code scope:name}, that it is not found. */
  private static End failed(Exception failure, PrintStream warner, User user) {
    String words = words(failure);
    boolean isUnknown = failure.getClass().getSimpleName().equals("CommandNotFoundException");
    boolean isHidden =
        isUnknown && words.matches(".*: [^ ]+:[^ ]+") && !user.roles().contains(Role.ADMIN.id());
    if (isHidden || failure instanceof SecurityException) {
      warner.println(
          isHidden
              ? words + ": your roles do not allow it, or it is not there"
              : "your roles do not allow this command with these arguments");
      return End.FORBIDDEN;
    }
    warner.println(words);
    return isUnknown || failure instanceof CommandException || isMistyped(failure)
        ? End.MISTYPED
        : End.FAILED;
  }

  /** The shell's language refuses a line by errors of its own, such as for an open quote. */
  private static boolean isMistyped(Exception failure) {
    return failure.getClass().getName().startsWith("org.apache.felix.gogo.runtime.");
  }

  private static String words(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** How a line ended. */
  private enum End {
    DONE(0, Outcome.DONE),
    FORBIDDEN(1, Outcome.FORBIDDEN),
    FAILED(1, Outcome.FAILED),
    MISTYPED(2, Outcome.FAILED);

    private final int status;
    private final Outcome outcome;

    End(int status, Outcome outcome) {
      this.status = status;
      this.outcome = outcome;
    }
  }
}
