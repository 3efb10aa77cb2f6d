package org.caravanserai.shell.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.pubsub.Desk;

/** Completes the names of topics, and of queues that may be published to. */
@Service
public final class TopicNameCompleter implements Completer {

  @Reference private Desk desk;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names = new ArrayList<>();
    desk.topics().forEach(topic -> names.add(topic.name()));
    desk.queues().stream()
        .filter(queue -> queue.kind().equals("queue"))
        .forEach(queue -> names.add(queue.name()));
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
