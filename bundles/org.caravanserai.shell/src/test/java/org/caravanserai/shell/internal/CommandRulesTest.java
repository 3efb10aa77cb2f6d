package org.caravanserai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Command;
import org.caravanserai.security.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRulesTest {

  private static final List<String> OURS = List.of("serai", "camel");

  private static List<String> commands() throws IOException, URISyntaxException {
    return CommandClasses.all().stream()
        .map(type -> type.getAnnotation(Command.class))
        // Those in the place of Karaf's have Karaf's rules.
        .filter(command -> OURS.contains(command.scope()))
        .map(command -> command.scope() + ":" + command.name())
        .toList();
  }

  @Test
  void everyCommandHasARowAndEveryRowACommand() throws IOException, URISyntaxException {
    List<String> rows =
        CommandRules.all().stream()
            .filter(rule -> OURS.contains(rule.scope()))
            .map(rule -> rule.scope() + ":" + rule.name())
            .distinct()
            .toList();
    assertThat(commands()).isNotEmpty().containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void nothingIsNamedTwice() {
    assertThat(CommandRules.all().stream().map(rule -> rule.scope() + ":" + rule.key()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aScopeHasAListOfTheLeastRoles() {
    Map<String, Map<String, Object>> lists = CommandAccess.lists();
    assertThat(lists.get("serai"))
        .containsEntry("objects", "viewer")
        .containsEntry("invoke", "operator")
        .containsEntry("deploy", "developer")
        .containsEntry("secret-set", "admin")
        .containsEntry("export", "developer")
        .containsEntry("export[/../]", "viewer");
    assertThat(lists.get("bundle")).containsEntry("list", "viewer").doesNotContainKey("install");
    assertThat(lists).doesNotContainKeys("config", "ssh", "dev");
  }

  /** Karaf puts its own list there if it finds none, which would win. */
  @ParameterizedTest
  @ValueSource(strings = {"bundle", "feature", "jaas", "kar", "shell", "system"})
  void theFilesOfScopesForWhichKarafHasItsOwnAreMadeFromTheTable(String scope) throws IOException {
    Path file = Path.of("../../etc/org.apache.karaf.command.acl." + scope + ".cfg");
    StringBuilder lines =
        new StringBuilder("# Who may run ")
            .append(scope)
            .append(":*, made from CommandRules; what is not here is for administrators.\n\n");
    new TreeMap<>(CommandAccess.lists().get(scope))
        .forEach((key, role) -> lines.append(key).append(" = ").append(role).append('\n'));
    if (Boolean.getBoolean("serai.write")) {
      Files.writeString(file, lines);
    }
    assertThat(file).hasContent(lines.toString());
  }

  @Test
  void onlyAdministratorsChangeTheContainer() {
    assertThat(CommandRules.all())
        .filteredOn(rule -> !OURS.contains(rule.scope()))
        .allMatch(rule -> rule.operation() == Operation.CONTAINER_READ);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serai|services||SERVICES_READ",
        "serai|undeploy|x|DEPLOYMENTS_WRITE",
        "serai|export||CONFIG_READ",
        "serai|export|/tmp/x|FILES_USE",
        "serai|read-only||HEALTH_READ",
        "serai|read-only|off|SERVER_PROTECT",
        "bundle|list||CONTAINER_READ",
        "bundle|stop|5|CONTAINER_WRITE",
        "shell|grep|word|CONTAINER_READ",
        "nobody|knows||CONTAINER_WRITE"
      })
  void aCommandIsTheOperationOfItsRow(
      String scope, String name, String argument, Operation operation) {
    List<String> arguments = argument == null ? List.of() : List.of(argument);
    assertThat(CommandRules.operation(scope, name, arguments)).isEqualTo(operation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[word]|true",
        "[]|false",
        "[-r]|false",
        "[word, /etc/passwd]|false",
        "[--file]|false"
      })
  void grepTakesAPatternAndNoFile(String arguments, boolean isAllowed) {
    CommandRule grep =
        CommandRules.all().stream()
            .filter(rule -> rule.name().equals("grep"))
            .findFirst()
            .orElseThrow();
    assertThat(Pattern.matches(grep.arguments(), arguments)).isEqualTo(isAllowed);
  }
}
