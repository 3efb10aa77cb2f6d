package org.caravanserai.shell.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.caravanserai.security.Operation;

/**
 * Which operation each shell command is. What is not here is for administrators, whether it is ours
 * or Karaf's.
 */
final class CommandRules {

  /** Two brackets, without any character that a properties file would have to escape. */
  private static final String NO_ARGUMENTS = "..";

  /** One argument, which is no option: a pattern, and no file. */
  private static final String ONE_WORD = ".[^-,][^,]*.";

  private static final Map<String, Operation> OURS =
      Map.ofEntries(
          Map.entry("services", Operation.SERVICES_READ),
          Map.entry("invoke", Operation.SERVICES_INVOKE),
          Map.entry("objects", Operation.OBJECTS_READ),
          Map.entry("kinds", Operation.OBJECTS_READ),
          Map.entry("ping", Operation.OBJECTS_PING),
          Map.entry("clear-cache", Operation.OBJECTS_WRITE),
          Map.entry("deploy", Operation.DEPLOYMENTS_WRITE),
          Map.entry("force", Operation.CONTAINER_WRITE),
          Map.entry("redeploy", Operation.DEPLOYMENTS_REDEPLOY),
          Map.entry("libraries", Operation.DEPLOYMENTS_READ),
          Map.entry("import", Operation.FILES_USE),
          Map.entry("export", Operation.FILES_USE),
          Map.entry("audit", Operation.AUDIT_READ),
          Map.entry("user-list", Operation.USERS_READ),
          Map.entry("user-add", Operation.USERS_WRITE),
          Map.entry("user-roles", Operation.USERS_WRITE),
          Map.entry("user-delete", Operation.USERS_WRITE),
          Map.entry("passwd", Operation.USERS_WRITE),
          Map.entry("deployments", Operation.DEPLOYMENTS_READ),
          Map.entry("deployment-info", Operation.DEPLOYMENTS_READ),
          Map.entry("undeploy", Operation.DEPLOYMENTS_WRITE),
          Map.entry("rollback", Operation.DEPLOYMENTS_ROLLBACK),
          Map.entry("service-info", Operation.SERVICES_READ),
          Map.entry("service-docs", Operation.SERVICES_READ),
          Map.entry("object-info", Operation.OBJECTS_READ),
          Map.entry("object-put", Operation.FILES_USE),
          Map.entry("object-delete", Operation.OBJECTS_WRITE),
          Map.entry("object-enable", Operation.OBJECTS_WRITE),
          Map.entry("object-disable", Operation.OBJECTS_WRITE),
          Map.entry("object-action", Operation.OBJECTS_WRITE),
          Map.entry("clear-counters", Operation.OBJECTS_WRITE),
          Map.entry("config-files", Operation.CONFIG_READ),
          Map.entry("digest", Operation.CONFIG_READ),
          Map.entry("health", Operation.HEALTH_READ),
          Map.entry("metrics", Operation.METRICS_READ),
          Map.entry("read-only", Operation.SERVER_PROTECT),
          Map.entry("openapi", Operation.API_READ),
          Map.entry("pubsub-topics", Operation.PUBSUB_READ),
          Map.entry("pubsub-queues", Operation.PUBSUB_READ),
          Map.entry("pubsub-replays", Operation.PUBSUB_READ),
          Map.entry("pubsub-browse", Operation.PUBSUB_BROWSE),
          Map.entry("pubsub-dead", Operation.PUBSUB_BROWSE),
          Map.entry("pubsub-get", Operation.PUBSUB_BROWSE),
          Map.entry("pubsub-publish", Operation.PUBSUB_WRITE),
          Map.entry("pubsub-edit", Operation.PUBSUB_WRITE),
          Map.entry("pubsub-delete", Operation.PUBSUB_WRITE),
          Map.entry("pubsub-clear", Operation.PUBSUB_WRITE),
          Map.entry("pubsub-replay", Operation.PUBSUB_WRITE),
          Map.entry("pubsub-replay-stop", Operation.PUBSUB_WRITE),
          Map.entry("cache-list", Operation.CACHE_READ),
          Map.entry("cache-entries", Operation.CACHE_BROWSE),
          Map.entry("cache-get", Operation.CACHE_BROWSE),
          Map.entry("cache-put", Operation.CACHE_WRITE),
          Map.entry("cache-delete", Operation.CACHE_WRITE),
          Map.entry("cache-clear", Operation.CACHE_WRITE),
          Map.entry("route-list", Operation.ROUTES_READ),
          Map.entry("route-info", Operation.ROUTES_READ),
          Map.entry("route-start", Operation.ROUTES_CONTROL),
          Map.entry("route-stop", Operation.ROUTES_CONTROL),
          Map.entry("route-suspend", Operation.ROUTES_CONTROL),
          Map.entry("route-resume", Operation.ROUTES_CONTROL),
          Map.entry("scheduler-status", Operation.SCHEDULER_READ),
          Map.entry("scheduler-jobs", Operation.SCHEDULER_READ),
          Map.entry("scheduler-runs", Operation.SCHEDULER_READ),
          Map.entry("scheduler-times", Operation.SCHEDULER_READ),
          Map.entry("scheduler-log", Operation.SCHEDULER_BROWSE),
          Map.entry("scheduler-run", Operation.SCHEDULER_CONTROL),
          Map.entry("scheduler-pause", Operation.SCHEDULER_CONTROL),
          Map.entry("scheduler-resume", Operation.SCHEDULER_CONTROL),
          Map.entry("scheduler-cancel", Operation.SCHEDULER_CONTROL),
          Map.entry("secret-list", Operation.SECRETS_READ),
          Map.entry("secret-set", Operation.SECRETS_WRITE),
          Map.entry("secret-delete", Operation.SECRETS_WRITE),
          Map.entry("secret-rotate", Operation.SECRETS_WRITE));

  /** The same under the names that users of Camel in Karaf know. */
  private static final Map<String, Operation> CAMELS =
      Map.of(
          "context-list", Operation.ROUTES_READ,
          "route-list", Operation.ROUTES_READ,
          "route-info", Operation.ROUTES_READ,
          "route-start", Operation.ROUTES_CONTROL,
          "route-stop", Operation.ROUTES_CONTROL,
          "route-suspend", Operation.ROUTES_CONTROL,
          "route-resume", Operation.ROUTES_CONTROL);

  /** Commands of Karaf that only look. None of them shows settings, which may hold passwords. */
  private static final Map<String, List<String>> KARAFS =
      Map.of(
          "bundle",
          List.of(
              "capabilities",
              "diag",
              "headers",
              "id",
              "info",
              "list",
              "requirements",
              "services",
              "status",
              "tree-show"),
          "feature",
          List.of(
              "info",
              "list",
              "provided",
              "regions",
              "repo-list",
              "requirement-list",
              "status",
              "version-list"),
          "jaas",
          List.of("whoami"),
          "kar",
          List.of("list"),
          "log",
          List.of("display", "exception-display", "get", "tail"),
          "package",
          List.of("exports", "imports"),
          "service",
          List.of("list"),
          "shell",
          List.of("help", "info", "logout", "threads"));

  private static final List<CommandRule> ALL = made();

  private CommandRules() {}

  /** All of them. */
  static List<CommandRule> all() {
    return ALL;
  }

  private static List<CommandRule> made() {
    List<CommandRule> rules = new ArrayList<>();
    OURS.forEach((name, operation) -> rules.add(new CommandRule("serai", name, "", operation)));
    CAMELS.forEach((name, operation) -> rules.add(new CommandRule("camel", name, "", operation)));
    rules.add(new CommandRule("serai", "export", NO_ARGUMENTS, Operation.CONFIG_READ));
    rules.add(new CommandRule("serai", "read-only", NO_ARGUMENTS, Operation.HEALTH_READ));
    rules.add(new CommandRule("serai", "passwd", NO_ARGUMENTS, Operation.ACCOUNT_WRITE));
    KARAFS.forEach(
        (scope, names) ->
            names.forEach(
                name -> rules.add(new CommandRule(scope, name, "", Operation.CONTAINER_READ))));
    rules.add(new CommandRule("shell", "grep", ONE_WORD, Operation.CONTAINER_READ));
    rules.add(new CommandRule("system", "version", NO_ARGUMENTS, Operation.CONTAINER_READ));
    return List.copyOf(rules);
  }

  /** What a command does with certain arguments; of two rules the one for the arguments wins. */
  static Operation operation(String scope, String name, List<?> arguments) {
    return ALL.stream()
        .filter(rule -> rule.scope().equals(scope) && rule.name().equals(name))
        .filter(
            rule -> rule.arguments().isEmpty() || arguments.toString().matches(rule.arguments()))
        .max(Comparator.comparing(rule -> rule.arguments().length()))
        .map(CommandRule::operation)
        .orElse(Operation.CONTAINER_WRITE);
  }
}
