package org.caravanserai.shell.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AccessController;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.security.auth.Subject;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditEvent;
import org.caravanserai.security.audit.MaskedCommand;
import org.caravanserai.security.audit.Outcome;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records each line that is typed into the shell, over SSH or at the console; those of the admin
 * API are recorded there. A line can't be kept from running here: if it can't be recorded the log
 * has it.
 */
@Component(service = CommandSessionListener.class, immediate = true)
public final class CommandAudit implements CommandSessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(CommandAudit.class);
  private static final Audit.Begun UNRECORDED = (outcome, details) -> {};

  private final Audit audit;
  private final String initialisation;
  private final ThreadLocal<Deque<Audit.Begun>> running = ThreadLocal.withInitial(ArrayDeque::new);

  /** Made by the container. */
  @Activate
  public CommandAudit(@Reference Audit audit, BundleContext context) {
    this(audit, initialisation(context.getProperty("karaf.etc")));
  }

  CommandAudit(Audit audit, String initialisation) {
    this.audit = audit;
    this.initialisation = initialisation.strip();
  }

  /** What Karaf runs at the start of each session, which nobody typed. */
  private static String initialisation(String etc) {
    try {
      return Files.readString(Path.of(etc).resolve("shell.init.script"));
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void beforeExecute(CommandSession session, CharSequence line) {
    running.get().push(begin(line));
  }

  @SuppressWarnings("removal") // Karaf's shell knows its user by the access control context only
  private Audit.Begun begin(CharSequence line) {
    Optional<Subject> subject =
        Optional.ofNullable(Subject.getSubject(AccessController.getContext()));
    String client =
        subject
            .flatMap(each -> each.getPrincipals(ClientPrincipal.class).stream().findFirst())
            .map(ClientPrincipal::getName)
            .orElse("console");
    String typed = line.toString().strip();
    if (client.startsWith("api") || typed.isEmpty() || typed.equals(initialisation)) {
      return UNRECORDED;
    }
    String user =
        subject
            .flatMap(each -> each.getPrincipals(UserPrincipal.class).stream().findFirst())
            .map(UserPrincipal::getName)
            .orElse("");
    AuditEvent event =
        new AuditEvent(
            "",
            user,
            client.substring(client.indexOf('(') + 1).replace(")", "").replace("/", ""),
            client.startsWith("ssh") ? "ssh" : "console",
            "shell",
            MaskedCommand.of(typed));
    try {
      return audit.begin(event);
    } catch (UncheckedIOException e) {
      LOG.error("A command of {} is not in the audit: {}", user, event.target(), e);
      return UNRECORDED;
    }
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Exception exception) {
    end(isForbidden(exception) ? Outcome.FORBIDDEN : Outcome.FAILED);
  }

  /** Karaf says of a command for other roles, {@code scope:name}, that it is not found. */
  private static boolean isForbidden(Exception failure) {
    boolean isHidden =
        failure.getClass().getSimpleName().equals("CommandNotFoundException")
            && String.valueOf(failure.getMessage()).matches(".*: [^ ]+:[^ ]+");
    return isHidden || failure instanceof SecurityException;
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Object result) {
    end(Outcome.DONE);
  }

  private void end(Outcome outcome) {
    Audit.Begun begun = running.get().poll();
    if (running.get().isEmpty()) {
      running.remove();
    }
    if (begun != null) {
      begun.end(outcome, "");
    }
  }
}
