package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.Replay;
import org.jspecify.annotations.Nullable;

/** Lists replays. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-replays",
    description = "Lists the replays of dead letters that run, and the last that have ended",
    detailedDescription = "Example: serai:pubsub-replays --json")
public final class PubsubReplaysCommand extends DataCommand {

  @Reference private Desk desk;

  @Override
  public @Nullable Object execute() {
    List<Replay> replays = desk.replays();
    var table =
        new Table("Replay", "Queue", "State", "Replayed", "Rate", "Started", "Failure")
            .whenEmpty("There is no replay");
    for (Replay each : replays) {
      table.row(
          each.id(),
          DeadWords.source(each.queue()),
          each.state(),
          each.replayed(),
          each.rate(),
          each.startedAt(),
          each.failure().orElse(""));
    }
    tell(replays, table);
    return null;
  }
}
