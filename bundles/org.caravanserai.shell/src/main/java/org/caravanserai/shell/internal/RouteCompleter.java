package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.Routes;

/** Completes the ids of Camel routes. */
@Service
public final class RouteCompleter implements Completer {

  @Reference private Routes routes;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> ids = routes.list().stream().map(RouteInfo::id).toList();
    return new StringsCompleter(ids).complete(session, commandLine, candidates);
  }
}
