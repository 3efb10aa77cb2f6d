package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.QueueStatus;

/** Completes the names of queues. */
@Service
public final class QueueNameCompleter implements Completer {

  @Reference private Desk desk;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names = desk.queues().stream().map(QueueStatus::name).toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
