package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.security.Accounts;
import org.caravanserai.security.User;

/** Completes the names of users. */
@Service
public final class UserNameCompleter implements Completer {

  @Reference private Accounts accounts;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names = accounts.list().stream().map(User::name).toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
