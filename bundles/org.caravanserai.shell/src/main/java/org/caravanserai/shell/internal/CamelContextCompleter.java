package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.Routes;

/** Completes the names of Camel contexts. */
@Service
public final class CamelContextCompleter implements Completer {

  @Reference private Routes routes;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names = routes.contexts().stream().map(CamelContextInfo::name).toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
