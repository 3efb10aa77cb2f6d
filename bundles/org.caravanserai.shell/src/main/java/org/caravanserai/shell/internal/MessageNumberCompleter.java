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
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.MessageSearch;

/** Completes the numbers of the first messages of the queue that the line names before. */
@Service
public final class MessageNumberCompleter implements Completer {

  private static final int MOST = 50;

  @Reference private Desk desk;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> numbers = new ArrayList<>();
    boolean isReplay = commandLine.getBuffer().contains("pubsub-replay");
    for (String word : commandLine.getArguments()) {
      String queue = isReplay ? DeadWords.dead(word) : word;
      if (desk.queue(queue).isPresent()) {
        add(queue, numbers);
      }
    }
    return new StringsCompleter(numbers).complete(session, commandLine, candidates);
  }

  private void add(String queue, List<String> numbers) {
    try {
      desk.messages(queue, MessageSearch.ALL, 0, MOST)
          .items()
          .forEach(message -> numbers.add(Long.toString(message.number())));
    } catch (DeskException e) {
      // It went while it was being looked at.
    }
  }
}
