package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.spi.ObjectAction;

/** Completes what can be done with objects of the kind that the line names before. */
@Service
public final class ObjectActionCompleter implements Completer {

  @Reference private List<ObjectAction> actions;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> words = List.of(commandLine.getArguments());
    List<String> names =
        actions.stream()
            .filter(each -> words.contains(each.kind()))
            .map(ObjectAction::name)
            .toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
