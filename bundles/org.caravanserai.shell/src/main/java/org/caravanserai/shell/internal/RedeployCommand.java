package org.caravanserai.shell.internal;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
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
            + " refused goes on as it is")
public final class RedeployCommand implements Action {

  @Argument(name = "name", description = "A deployment; not needed with --using")
  @Completion(DeploymentNameCompleter.class)
  private @Nullable String name;

  @Option(
      name = "--using",
      description = "All deployments that use this library, LIB or LIB:VERSION")
  @Completion(LibraryNameCompleter.class)
  private @Nullable String library;

  @Option(name = "--json", description = "Answer in JSON")
  private boolean json;

  @Reference private Deployments deployments;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    Map<String, DeployResult> results = new TreeMap<>();
    for (String each : meant()) {
      results.put(each, deployments.redeploy(each));
    }
    if (results.isEmpty() && !json) {
      session.getConsole().println("No such deployment uses " + library);
      return null;
    }
    String told =
        json
            ? Json.write(results)
            : results.entrySet().stream()
                .map(each -> DeployWords.of(each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
    if (results.values().stream().allMatch(each -> each instanceof DeployResult.Live)) {
      session.getConsole().println(told);
      return null;
    }
    throw new IllegalStateException(told);
  }

  private SortedSet<String> meant() {
    SortedSet<String> names = new TreeSet<>();
    if (library == null) {
      if (name == null) {
        throw new IllegalArgumentException("Name a deployment, or a library by --using");
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
