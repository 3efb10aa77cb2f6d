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

/** Completes the names of queues that have dead letters. */
@Service
public final class DeadQueueCompleter implements Completer {

  @Reference private Desk desk;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names =
        desk.queues().stream()
            .filter(queue -> queue.kind().equals("dead") && queue.depth() > 0)
            .map(QueueStatus::name)
            .map(DeadWords::source)
            .toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
