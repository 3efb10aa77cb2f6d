package org.caravanserai.shell.internal;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.security.Operation;

/** Completes the operations that the audit may have. */
@Service
public final class OperationCompleter implements Completer {

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names = Stream.of(Operation.values()).map(Operation::id).toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
