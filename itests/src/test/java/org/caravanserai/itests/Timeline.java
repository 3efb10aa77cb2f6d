package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * The revisions of a deployment in the order in which they were deployed, by what they answer; a
 * roll-back answers as an earlier one.
 */
final class Timeline {

  private final List<String> answers = new ArrayList<>();
  private int live = -1;

  /** From now on a call may be answered so. */
  synchronized void mayAnswer(String answer) {
    answers.add(answer);
  }

  /** From now on a call that begins must be answered so, or by a later revision. */
  synchronized void mustAnswer() {
    live = answers.size() - 1;
  }

  /** The place of the revision that must at least answer a call which begins now. */
  synchronized int oldest() {
    return live;
  }

  /** What the revision at a place answers. */
  synchronized String answerAt(int place) {
    return answers.get(place);
  }

  /**
   * The place of the first revision from a place on that answers so.
   *
   * @throws AssertionError if none does: the answer is older or younger than it may be
   */
  synchronized int placeOf(String answer, int from) {
    List<String> possible = answers.subList(from, answers.size());
    assertThat(possible).as("what may answer").contains(answer);
    return from + possible.indexOf(answer);
  }
}
