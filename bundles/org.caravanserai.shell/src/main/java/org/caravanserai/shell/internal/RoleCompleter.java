package org.caravanserai.shell.internal;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.security.Role;

/** Completes the names of roles. */
@Service
public final class RoleCompleter implements Completer {

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names = Stream.of(Role.values()).map(Role::id).toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
