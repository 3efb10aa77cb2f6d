package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.Replay;
import org.jspecify.annotations.Nullable;

/** Ends a replay. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-replay-stop",
    description = "Ends a replay of dead letters; what it has done stays done",
    detailedDescription = "Example: serai:pubsub-replay-stop 3")
public final class PubsubReplayStopCommand extends DataCommand {

  @Argument(name = "replay", description = "The replay's id", required = true)
  @Completion(ReplayCompleter.class)
  private String replay;

  @Reference private Desk desk;

  @Override
  public @Nullable Object execute() {
    Replay stopped =
        desk.stop(replay)
            .orElseThrow(() -> new IllegalArgumentException("There is no replay " + replay));
    tell(
        stopped,
        () -> say("Replay " + stopped.id() + " ends: " + stopped.replayed() + " replayed"));
    return null;
  }
}
