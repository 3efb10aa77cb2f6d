package org.caravanserai.shell.internal;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.MessageSearch;
import org.caravanserai.pubsub.Replay;
import org.jspecify.annotations.Nullable;

/** Gives dead letters back to their queue. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-replay",
    description = "Gives dead letters back to their queue: some, those found, or all",
    detailedDescription =
        "Example: serai:pubsub-replay --all --rate 50 crm/orders.new\n\n"
            + "Ctrl-C ends the waiting, not the replay: see pubsub-replays and"
            + " pubsub-replay-stop.")
public final class PubsubReplayCommand extends MessageSearchCommand {

  private static final long LOOK_MILLIS = 100;

  @Argument(name = "queue", description = "The queue whose dead letters they are", required = true)
  @Completion(DeadQueueCompleter.class)
  private String queue;

  @Argument(
      index = 1,
      name = "numbers",
      description = "Only those with these numbers",
      multiValued = true)
  @Completion(MessageNumberCompleter.class)
  private @Nullable List<String> numbers;

  @Option(name = "--all", description = "All of them")
  private boolean all;

  @Option(name = "--rate", description = "How many a second; no limit by default")
  private double rate;

  @Option(name = "--background", description = "Do not wait for the end")
  private boolean background;

  @Override
  public @Nullable Object execute() throws DeskException, InterruptedException {
    List<Long> chosen = numbers == null ? List.of() : DeadWords.numbers(numbers);
    if (chosen.isEmpty() && !all && search().equals(MessageSearch.ALL)) {
      throw new IllegalArgumentException("say which: numbers, --text and the like, or --all");
    }
    Replay begun = desk().replay(DeadWords.dead(queue), search(), chosen, rate);
    Replay replay = background ? begun : awaitEnd(begun);
    if (replay.failure().isPresent()) {
      throw new IllegalStateException(words(replay) + ": " + replay.failure().get());
    }
    tell(replay, () -> say(words(replay)));
    return null;
  }

  private Replay awaitEnd(Replay begun) throws InterruptedException {
    Replay now = begun;
    CountDownLatch never = new CountDownLatch(1);
    try (Progress progress = Progress.of(this)) {
      while (now.endedAt().isEmpty()) {
        progress.say(now.replayed() + " replayed ...");
        boolean unused = never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        now = desk().replay(begun.id()).orElse(now);
      }
    }
    return now;
  }

  private static String words(Replay replay) {
    String left = replay.left() == 0 ? "" : ", " + replay.left() + " were not there any more";
    return "Replay "
        + replay.id()
        + " is "
        + replay.state()
        + ": "
        + replay.replayed()
        + " given back to "
        + replay.target()
        + left;
  }
}
