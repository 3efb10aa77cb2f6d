package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;

/** Completes the names of deployed services. */
@Service
public final class ServiceNameCompleter implements Completer {

  @Reference private ServiceRegistry registry;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names = registry.services().stream().map(ServiceInfo::name).toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
