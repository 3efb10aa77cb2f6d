package org.caravanserai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.felix.service.command.CommandSession;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditEvent;
import org.caravanserai.security.audit.AuditQuery;
import org.caravanserai.security.audit.Outcome;
import org.junit.jupiter.api.Test;

class CommandAuditTest {

  private final List<String> records = new ArrayList<>();
  private boolean isFull;

  private final Audit audit =
      new Audit() {
        @Override
        public Begun begin(AuditEvent event) {
          if (isFull) {
            throw new UncheckedIOException(new java.io.IOException("full"));
          }
          return (outcome, details) ->
              records.add(
                  String.join(
                      " ",
                      event.user(),
                      event.door(),
                      event.address(),
                      event.target(),
                      outcome.id()));
        }

        @Override
        public void record(AuditEvent event, Outcome outcome, String details) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void refused(AuditEvent event, Outcome outcome, String details) {
          throw new UnsupportedOperationException();
        }

        @Override
        public AuditPage find(AuditQuery query) {
          throw new UnsupportedOperationException();
        }
      };

  private final CommandAudit commands = new CommandAudit(audit, "alias = 1\n");

  private static final CommandSession SESSION =
      (CommandSession)
          Proxy.newProxyInstance(
              CommandSession.class.getClassLoader(),
              new Class<?>[] {CommandSession.class},
              (proxy, method, arguments) -> null);

  private void as(String client, Runnable what) {
    Set<Principal> principals =
        Set.of(new UserPrincipal("ann"), new ClientPrincipal(client, "/10.0.0.7:99"));
    Subject.doAs(
        new Subject(true, principals, Set.of(), Set.of()),
        (PrivilegedAction<Void>)
            () -> {
              what.run();
              return null;
            });
  }

  private void line(String line) {
    commands.beforeExecute(SESSION, line);
    commands.afterExecute(SESSION, line, (Object) null);
  }

  @Test
  void aLineIsRecordedWithItsUserAndWhereSheIs() {
    as("ssh", () -> line("bundle:list "));
    assertThat(records).containsExactly("ann ssh 10.0.0.7:99 bundle:list done");
  }

  @Test
  void secretsAreMasked() {
    as("ssh", () -> line("config:property-set password x"));
    assertThat(records.get(0)).contains("password ***");
  }

  @Test
  void whatFailsAndWhatIsForbiddenIsToldApart() {
    as(
        "ssh",
        () -> {
          commands.beforeExecute(SESSION, "a");
          commands.afterExecute(SESSION, "a", new IllegalStateException("no"));
          commands.beforeExecute(SESSION, "b");
          commands.afterExecute(SESSION, "b", new SecurityException("no"));
        });
    assertThat(records).hasSize(2);
    assertThat(records.get(0)).endsWith("a failed");
    assertThat(records.get(1)).endsWith("b forbidden");
  }

  @Test
  void aLineInsideALineEndsFirst() {
    as(
        "ssh",
        () -> {
          commands.beforeExecute(SESSION, "outer");
          line("inner");
          commands.afterExecute(SESSION, "outer", (Object) null);
        });
    assertThat(records).hasSize(2);
    assertThat(records.get(0)).contains("inner");
    assertThat(records.get(1)).contains("outer");
  }

  @Test
  void whatTheApiRecordsAndWhatNobodyTypedIsNotRecorded() {
    as("api", () -> line("bundle:list"));
    as("ssh", () -> line("alias = 1"));
    as("ssh", () -> line("  "));
    assertThat(records).isEmpty();
  }

  @Test
  void aLineAtTheConsoleHasNoAddress() {
    line("bundle:list");
    assertThat(records).containsExactly(" console console bundle:list done");
  }

  @Test
  void anAuditThatIsFullStopsNoLine() {
    isFull = true;
    as("ssh", () -> line("bundle:list"));
    isFull = false;
    as("ssh", () -> line("bundle:list"));
    assertThat(records).hasSize(1);
  }
}
