package org.caravanserai.security;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The one table of who may do what: the operations of the server, whether they come in by the admin
 * API or the shell, and the least role for each.
 */
public enum Operation {
  /** Looks at the description of the admin API. */
  API_READ(Role.VIEWER, false),
  /** Looks at what is configured, and at what can be. */
  OBJECTS_READ(Role.VIEWER, false),
  /** Makes, changes and takes away objects. */
  OBJECTS_WRITE(Role.OPERATOR, true),
  /** Reaches for the system behind a connection. */
  OBJECTS_PING(Role.OPERATOR, true),
  /** Looks at the configuration as a whole: export, files, digest. */
  CONFIG_READ(Role.VIEWER, false),
  /** Makes objects what a YAML document says. */
  CONFIG_IMPORT(Role.OPERATOR, true),
  /** Looks at services and their counters. */
  SERVICES_READ(Role.VIEWER, false),
  /** Calls a service. */
  SERVICES_INVOKE(Role.OPERATOR, true),
  /** Looks at deployments. */
  DEPLOYMENTS_READ(Role.VIEWER, false),
  /** Goes back to an older revision. */
  DEPLOYMENTS_ROLLBACK(Role.OPERATOR, true),
  /** Compiles what is live once more, against the libraries that there are now. */
  DEPLOYMENTS_REDEPLOY(Role.OPERATOR, true),
  /** Deploys code and takes it away. */
  DEPLOYMENTS_WRITE(Role.DEVELOPER, true),
  /** Looks at the files in the watched folders, not at what is in them. */
  FILES_READ(Role.VIEWER, false),
  /** Looks at the texts of files and revisions, which may hold passwords in clear. */
  FILES_TEXT(Role.DEVELOPER, false),
  /** Writes, renames and deletes files in the watched folders, which deploys what is in them. */
  FILES_WRITE(Role.DEVELOPER, true),
  /** Asks the compiler about a text that is being written. */
  CODE_ASSIST(Role.DEVELOPER, false),
  /** Looks at Camel routes and what they have done. */
  ROUTES_READ(Role.VIEWER, false),
  /** Starts, stops, suspends and resumes Camel routes. */
  ROUTES_CONTROL(Role.OPERATOR, true),
  /** Looks at traced messages, which are data. */
  ROUTES_BROWSE(Role.OPERATOR, false),
  /** Records the next messages of a Camel route. */
  ROUTES_TRACE(Role.OPERATOR, true),
  /** Looks at topics and queues, not at what is in them. */
  PUBSUB_READ(Role.VIEWER, false),
  /** Looks at messages, which are data. */
  PUBSUB_BROWSE(Role.OPERATOR, false),
  /** Publishes, edits, replays and deletes messages. */
  PUBSUB_WRITE(Role.OPERATOR, true),
  /** Looks at caches, not at what is in them. */
  CACHE_READ(Role.VIEWER, false),
  /** Looks at the values of caches, which are data. */
  CACHE_BROWSE(Role.OPERATOR, false),
  /** Puts and deletes values of caches. */
  CACHE_WRITE(Role.OPERATOR, true),
  /** Looks at jobs and how their runs ended. */
  SCHEDULER_READ(Role.VIEWER, false),
  /** Looks at the log lines of runs, which may hold data. */
  SCHEDULER_BROWSE(Role.OPERATOR, false),
  /** Runs jobs now, pauses them, lets them go on. */
  SCHEDULER_CONTROL(Role.OPERATOR, true),
  /** Looks at the names of secrets. */
  SECRETS_READ(Role.OPERATOR, false),
  /** Sets and deletes secrets, and changes their key. */
  SECRETS_WRITE(Role.ADMIN, true),
  /** Looks at the state of the server. */
  HEALTH_READ(Role.VIEWER, false),
  /** Makes the whole server read-only, and ends that. */
  SERVER_PROTECT(Role.ADMIN, true),
  /** Looks at log lines, and at what happens on the server. */
  EVENTS_READ(Role.VIEWER, false),
  /** Looks at the levels of loggers. */
  LOGGERS_READ(Role.VIEWER, false),
  /** Sets levels of loggers for a while; at fine ones, lines may hold secrets. */
  LOGGERS_WRITE(Role.ADMIN, true),
  /** Looks at the figures of the server. */
  METRICS_READ(Role.VIEWER, false),
  /** Looks at oneself. */
  ACCOUNT_READ(Role.VIEWER, false),
  /** Changes one's own password. */
  ACCOUNT_WRITE(Role.VIEWER, true),
  /** Logs in to a session, looks at it and logs out. */
  SESSION_USE(Role.VIEWER, false),
  /** Looks at users. */
  USERS_READ(Role.ADMIN, false),
  /** Makes, changes and deletes users. */
  USERS_WRITE(Role.ADMIN, true),
  /** Looks at what was done. */
  AUDIT_READ(Role.ADMIN, false),
  /** Gives the shell a line, whose commands have operations of their own. */
  SHELL_USE(Role.VIEWER, false),
  /** Looks at the container by Karaf's own commands. */
  CONTAINER_READ(Role.VIEWER, false),
  /** Names a file of the server or a URL that the server reads or writes. */
  FILES_USE(Role.DEVELOPER, true),
  /** Enters the shell over SSH, which also forwards ports. */
  SSH_ENTER(Role.DEVELOPER, false),
  /** Everything else that Karaf's own commands do. */
  CONTAINER_WRITE(Role.ADMIN, true);

  /** Acts that a read-only server lets go on: what they do ends by itself, or is one's own. */
  private static final Set<Operation> HARMLESS =
      EnumSet.of(OBJECTS_PING, ROUTES_TRACE, LOGGERS_WRITE, ACCOUNT_WRITE, SERVER_PROTECT);

  private final Role role;
  private final boolean isAct;

  Operation(Role role, boolean isAct) {
    this.role = role;
    this.isAct = isAct;
  }

  /** How it is written: {@code objects.read}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** The least role for it. */
  public Role role() {
    return role;
  }

  /** Whether it does something, so that the audit has it; others only look. */
  public boolean isAct() {
    return isAct;
  }

  /** Whether it changes something, so that a read-only server refuses it. */
  public boolean isChange() {
    return isAct && !HARMLESS.contains(this);
  }
}
