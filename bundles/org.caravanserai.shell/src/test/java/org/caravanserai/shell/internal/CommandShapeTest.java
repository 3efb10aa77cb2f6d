package org.caravanserai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every command has, so that a new one can't forget it. */
class CommandShapeTest {

  /** What is new, or free text or numbers, can't be completed. */
  private static final Set<String> FREE =
      Set.of(
          "user-add name",
          "read-only reason",
          "invoke input",
          "force command",
          "audit --target",
          "audit --limit",
          "audit --from",
          "audit --to",
          "cache-entries --search",
          "cache-entries --offset",
          "cache-entries --limit",
          "cache-put value",
          "cache-put --expiry",
          "pubsub-publish data",
          "pubsub-publish --priority",
          "pubsub-edit change",
          "pubsub-replay --rate",
          "pubsub-browse --offset",
          "pubsub-browse --limit",
          "pubsub-dead --offset",
          "pubsub-dead --limit",
          "scheduler-jobs --next",
          "scheduler-runs --offset",
          "scheduler-runs --limit",
          "scheduler-log run",
          "scheduler-times expression",
          "scheduler-times --timezone",
          "scheduler-times --count");

  /** What messages are searched by. */
  private static final Set<String> SEARCH = Set.of("--msg-id", "--cid", "--text", "--from", "--to");

  /**
   * They print what a service, its docs, Prometheus or OpenAPI say, or only that something is done.
   */
  private static final Set<String> WITHOUT_DATA =
      Set.of(
          "clear-cache",
          "clear-counters",
          "export",
          "force",
          "invoke",
          "metrics",
          "object-delete",
          "openapi",
          "passwd",
          "pubsub-edit",
          "secret-delete",
          "secret-rotate",
          "service-docs",
          "secret-set",
          "undeploy",
          "user-add",
          "user-delete",
          "user-roles");

  static Stream<Class<?>> commands() throws Exception {
    // Those which stand for commands of Karaf are as Karaf's are.
    return CommandClasses.all().stream()
        .filter(type -> List.of("serai", "camel").contains(scope(type)));
  }

  private static List<Field> fields(Class<?> type) {
    List<Field> all = new ArrayList<>();
    for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
      all.addAll(List.of(each.getDeclaredFields()));
    }
    return all;
  }

  private static String scope(Class<?> type) {
    return type.getAnnotation(Command.class).scope();
  }

  private static String name(Class<?> type) {
    return type.getAnnotation(Command.class).name();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void itIsFoundAndExplainedWithAnExample(Class<?> type) {
    Command command = type.getAnnotation(Command.class);
    assertThat(Action.class).isAssignableFrom(type);
    assertThat(type.isAnnotationPresent(Service.class)).isTrue();
    assertThat(command.description()).isNotBlank().doesNotEndWith(".");
    assertThat(command.detailedDescription())
        .startsWith("Example: " + command.scope() + ":" + command.name());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatItTakesIsExplainedAndCompleted(Class<?> type) {
    List<Integer> indices = new ArrayList<>();
    for (Field field : fields(type)) {
      Argument argument = field.getAnnotation(Argument.class);
      Option option = field.getAnnotation(Option.class);
      boolean isCompleted =
          field.isAnnotationPresent(Completion.class) || field.getType() == boolean.class;
      if (argument != null) {
        indices.add(argument.index());
        assertThat(argument.name()).isNotBlank().isNotEqualTo("VALUE");
        assertThat(argument.description()).as(argument.name()).isNotBlank();
        assertThat(isCompleted || FREE.contains(name(type) + " " + argument.name()))
            .as("completion of " + name(type) + " " + argument.name())
            .isTrue();
      }
      if (option != null) {
        assertThat(option.description()).as(option.name()).isNotBlank();
        boolean isSearch =
            MessageSearchCommand.class.isAssignableFrom(type) && SEARCH.contains(option.name());
        assertThat(isCompleted || isSearch || FREE.contains(name(type) + " " + option.name()))
            .as("completion of " + name(type) + " " + option.name())
            .isTrue();
      }
    }
    assertThat(indices).doesNotHaveDuplicates();
    assertThat(indices.stream().sorted())
        .containsExactlyElementsOf(Stream.iterate(0, i -> i + 1).limit(indices.size()).toList());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatPrintsDataPrintsJsonToo(Class<?> type) {
    assertThat(DataCommand.class.isAssignableFrom(type))
        .as(name(type) + " has --json")
        .isNotEqualTo(WITHOUT_DATA.contains(name(type)));
  }
}
