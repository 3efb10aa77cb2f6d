package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.caravanserai.api.Channel;
import org.caravanserai.runtime.RecentCaller;
import org.junit.jupiter.api.Test;

class CallersTest {

  private final Callers callers = new Callers();

  private void call(String name) {
    callers.called(new Channel("channel_rest", name, Optional.of("somebody")));
  }

  @Test
  void eachIsToldOnceAndTheLastOneFirst() {
    call("a");
    call("b");
    call("a");

    assertThat(callers.list()).extracting(RecentCaller::name).containsExactly("a", "b");
  }

  @Test
  void ofManyCallsTheFirstAreNoted() {
    for (int i = 0; i < 100; i++) {
      call("a");
    }
    call("late");
    assertThat(callers.list()).extracting(RecentCaller::name).containsExactly("a");

    callers.lookAgain();
    call("late");
    assertThat(callers.list()).extracting(RecentCaller::name).containsExactly("late", "a");
  }

  @Test
  void theyAreNotKeptWithoutEnd() {
    for (int i = 0; i < 1000; i++) {
      callers.lookAgain();
      call("caller-" + i);
    }

    assertThat(callers.list()).hasSize(100);
    assertThat(callers.list().get(0).name()).isEqualTo("caller-999");
  }
}
