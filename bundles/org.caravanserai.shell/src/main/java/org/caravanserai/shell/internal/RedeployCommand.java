package org.caravanserai.shell.internal;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.LibraryInfo;
import org.jspecify.annotations.Nullable;

/** Compiles deployments once more. */
@Service
@Command(
    scope = "serai",
    name = "redeploy",
    description =
        "Compiles what is live once more, against the highest versions of libraries; what is"
            + " refused goes on as it is",
    detailedDescription = "Example: serai:redeploy --using mapping:2.1.0")
public final class RedeployCommand extends DataCommand {

  @Argument(name = "name", description = "A deployment; not needed with --using")
  @Completion(DeploymentNameCompleter.class)
  private @Nullable String name;

  @Option(
      name = "--using",
      description = "All deployments that use this library, LIB or LIB:VERSION")
  @Completion(LibraryNameCompleter.class)
  private @Nullable String library;

  @Reference private Deployments deployments;

  @Override
  public @Nullable Object execute() throws CommandException {
    Map<String, DeployResult> results = new TreeMap<>();
    SortedSet<String> names = meant();
    try (Progress progress = Progress.of(this)) {
      for (String each : names) {
        progress.say(
            "redeploying %s, %d of %d ...".formatted(each, results.size() + 1, names.size()));
        results.put(each, deployments.redeploy(each));
      }
    }
    Map<String, DeployAnswer> answers = new TreeMap<>();
    results.forEach(
        (each, result) -> answers.put(each, DeployAnswer.of(each, result, deployments)));
    tell(answers, () -> live(results).forEach(this::say));
    if (results.isEmpty() && !isJson()) {
      say("No such deployment uses " + library);
    }
    List<String> refused =
        results.entrySet().stream()
            .filter(each -> !(each.getValue() instanceof DeployResult.Live))
            .map(each -> DeployWords.of(each.getKey(), each.getValue()))
            .toList();
    if (!refused.isEmpty()) {
      throw new IllegalStateException(String.join("\n", refused));
    }
    return null;
  }

  private static List<String> live(Map<String, DeployResult> results) {
    return results.entrySet().stream()
        .filter(each -> each.getValue() instanceof DeployResult.Live)
        .map(each -> DeployWords.of(each.getKey(), each.getValue()))
        .toList();
  }

  private SortedSet<String> meant() throws CommandException {
    SortedSet<String> names = new TreeSet<>();
    if (library == null) {
      if (name == null) {
        throw new CommandException("Name a deployment, or a library by --using");
      }
      names.add(name);
      return names;
    }
    boolean known = false;
    for (LibraryInfo each : deployments.libraries()) {
      if (library.equals(each.name()) || library.equals(each.name() + ":" + each.version())) {
        known = true;
        names.addAll(each.usedBy());
      }
    }
    if (!known) {
      throw new IllegalArgumentException("There is no library " + library);
    }
    if (name != null) {
      names.retainAll(List.of(name));
    }
    return names;
  }
}
