package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.Replay;

/** Completes the ids of replays that run. */
@Service
public final class ReplayCompleter implements Completer {

  @Reference private Desk desk;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> ids =
        desk.replays().stream().filter(each -> each.endedAt().isEmpty()).map(Replay::id).toList();
    return new StringsCompleter(ids).complete(session, commandLine, candidates);
  }
}
