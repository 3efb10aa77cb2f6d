package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;

/** Completes the names of objects of the kind that the line names before. */
@Service
public final class ObjectNameCompleter implements Completer {

  @Reference private ObjectStore objects;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> words = List.of(commandLine.getArguments());
    List<String> names =
        objects.list().stream()
            .filter(each -> words.contains(each.kind()))
            .map(ObjectInfo::name)
            .toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
