package org.caravanserai.management.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 *
 * <p>A line with a name, {@code ?run=NAME}, is interrupted by {@code DELETE}.
 */
@Component(service = Resource.class)
public final class ShellResource implements Resource {

  private static final int LONGEST_COMMAND = 1024 * 1024;
  private static final String TEXT = "text/plain";
  private static final QueryParameter RUN =
      QueryParameter.text("run", "a name by which it can be interrupted");

  private final SessionFactory sessions;
  private final Audit audit;
  private final Map<Run, Thread> running = new ConcurrentHashMap<>();

  /** Made by the container. */
  @Activate
  public ShellResource(@Reference SessionFactory sessions, @Reference Audit audit) {
    this.sessions = sessions;
    this.audit = audit;
  }

  /** What is to be completed: a line up to the cursor. */
  private record Typed(String line) {}

  /** A line that is being run, by the name that its user has given it. */
  private record Run(String user, String name) {}

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
            .with(List.of(RUN))
            .takes(TEXT, Map.of("type", "string"))
            .answers(200, TEXT, Map.of("type", "string"))
            .refuses(413),
        ApiOperation.of(
                "DELETE",
                "/api/v1/shell/{run}",
                Operation.SHELL_USE,
                "interrupts a line of yours that runs",
                this::interrupt)
            .answers(204, "", Map.of())
            .refuses(404),
        ApiOperation.of(
                "POST",
                "/api/v1/shell/completions",
                Operation.SHELL_USE,
                "how the line could go on at its end",
                this::complete)
            .takes("application/json", Typed.class)
            .answers(200, ShellCompletion.Answer.class)
            .refuses(413));
  }

  private void execute(ApiExchange exchange) throws IOException, Problem {
    String command = new String(exchange.body(LONGEST_COMMAND), StandardCharsets.UTF_8);
    var output = new PlainOutput();
    var errors = new PlainOutput();
    Audit.Begun begun = begin(command, exchange);
    End end = End.FAILED;
    Optional<Run> run =
        exchange.query().text("run").map(name -> new Run(exchange.user().name(), name));
    run.ifPresent(each -> running.put(each, Thread.currentThread()));
    try (var printer = new PrintStream(output, true, StandardCharsets.UTF_8);
        var warner = new PrintStream(errors, true, StandardCharsets.UTF_8)) {
      end = run(command, printer, warner, exchange);
    } finally {
      run.ifPresent(this::end);
      begun.end(end.outcome, "");
    }
    exchange.header("X-Serai-Exit-Status", Integer.toString(end.status));
    exchange.header("X-Serai-Error-Length", Integer.toString(errors.size()));
    errors.writeTo(output);
    exchange.answer(200, TEXT + "; charset=utf-8", output.toByteArray());
  }

  /** Who comes too late must not hit the next request on this thread. */
  private synchronized void end(Run run) {
    running.remove(run, Thread.currentThread());
    Thread.interrupted();
  }

  private synchronized void interrupt(ApiExchange exchange) throws Problem {
    String name = exchange.parameter("run");
    Thread thread = running.get(new Run(exchange.user().name(), name));
    if (thread == null) {
      throw new Problem(404, "No line of yours with this name runs");
    }
    thread.interrupt();
    exchange.done();
  }

  private void complete(ApiExchange exchange) throws IOException, Problem {
    String line = Json.read(exchange.body(LONGEST_COMMAND)).path("line").asText();
    // What they offer are names of users, secrets, keys: not for everybody.
    boolean withArguments = exchange.user().may(Operation.CONTAINER_WRITE);
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Session session = session(exchange, nowhere, nowhere);
    try {
      exchange.json(200, as(exchange, () -> ShellCompletion.of(session, line, withArguments)));
    } catch (PrivilegedActionException e) {
      throw new IllegalStateException(e.getException());
    } finally {
      session.close();
    }
  }

  private Audit.Begun begin(String command, ApiExchange exchange) throws Problem {
    try {
      return audit.begin(exchange.event("shell", MaskedCommand.of(command)));
    } catch (UncheckedIOException e) {
      throw new Problem(507, "Nothing was done: " + e.getMessage());
    }
  }

  private End run(String command, PrintStream printer, PrintStream warner, ApiExchange exchange) {
    Session session = session(exchange, printer, warner);
    try {
      as(exchange, () -> session.execute(command));
      return End.DONE;
    } catch (PrivilegedActionException e) {
      return failed(e.getException(), warner, exchange.user());
    } catch (RuntimeException e) {
      return failed(e, warner, exchange.user());
    } finally {
      session.close();
    }
  }

  private Session session(ApiExchange exchange, PrintStream printer, PrintStream warner) {
    String directory = exchange.header("X-Serai-Directory");
    Session session = sessions.create(new ByteArrayInputStream(new byte[0]), printer, warner);
    session.put("USER", exchange.user().name());
    session.put("serai.directory", directory == null ? "" : directory);
    return session;
  }

  /** Karaf's shell knows the roles of its user by the access control context only. */
  private static <T extends @Nullable Object> T as(
      ApiExchange exchange, PrivilegedExceptionAction<T> action) throws PrivilegedActionException {
    Set<Principal> principals = new LinkedHashSet<>(ShellRoles.of(exchange.user()));
    principals.add(new ClientPrincipal("api", exchange.address()));
    return Subject.doAs(new Subject(true, principals, Set.of(), Set.of()), action);
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
