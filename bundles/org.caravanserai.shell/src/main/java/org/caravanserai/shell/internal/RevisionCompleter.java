package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.deploy.Deployments;

/** Completes the numbers of the kept revisions of the deployment that the line names before. */
@Service
public final class RevisionCompleter implements Completer {

  @Reference private Deployments deployments;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> words = List.of(commandLine.getArguments());
    List<String> names =
        deployments.list().stream()
            .filter(each -> words.contains(each.name()))
            .flatMap(each -> each.revisions().stream().map(String::valueOf))
            .toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
