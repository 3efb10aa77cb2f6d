package org.caravanserai.shell.internal;

import java.util.ArrayList;
import java.util.List;
import org.caravanserai.pubsub.DeskException;

/** Queues of dead letters and numbers of messages, as they are typed. */
final class DeadWords {

  private static final String DEAD = "serai.dead/";

  private DeadWords() {}

  /** The queue of dead letters that is meant by its own name, or by that of its source. */
  static String dead(String typed) {
    return typed.startsWith(DEAD) ? typed : DEAD + typed;
  }

  /** The queue whose dead letters are in a queue. */
  static String source(String queue) {
    return queue.startsWith(DEAD) ? queue.substring(DEAD.length()) : queue;
  }

  /** Numbers of messages. */
  static List<Long> numbers(List<String> typed) throws DeskException {
    List<Long> numbers = new ArrayList<>();
    for (String each : typed) {
      try {
        numbers.add(Long.parseLong(each));
      } catch (NumberFormatException e) {
        throw new DeskException(
            DeskException.Reason.INVALID, each + " is no number of a message: see pubsub-browse");
      }
    }
    return numbers;
  }
}
