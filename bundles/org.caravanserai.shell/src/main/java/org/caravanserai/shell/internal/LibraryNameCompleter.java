package org.caravanserai.shell.internal;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.deploy.Deployments;

/** Completes the names of shared libraries, with and without their versions. */
@Service
public final class LibraryNameCompleter implements Completer {

  @Reference private Deployments deployments;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names =
        deployments.libraries().stream()
            .flatMap(each -> Stream.of(each.name(), each.name() + ":" + each.version()))
            .toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
