package org.caravanserai.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkTest {

  private static final String GOOD =
      """
      Running 2s test @ http://127.0.0.1:8181/hello
        1 threads and 32 connections
        Latency Distribution
           50%  402.00us
           75%  500.00us
           90%    1.01ms
           99%    2.10ms
        139562 requests in 2.00s, 17.57MB read
      Requests/sec:  69744.31
      Transfer/sec:      8.78MB
      """;

  @Test
  void readsRateAndTail() throws IOException {
    assertThat(Wrk.parse(GOOD)).isEqualTo(new Wrk(69744.31, 2.1, 0));
  }

  @Test
  void countsWhatWentWrong() throws IOException {
    String bad =
        GOOD
            + "  Socket errors: connect 1, read 2, write 3, timeout 4\n"
            + "  Non-2xx or 3xx responses: 90\n";

    assertThat(Wrk.parse(bad).errors()).isEqualTo(100);
  }

  @Test
  void microsecondsAreMilliseconds() throws IOException {
    assertThat(Wrk.parse(GOOD.replace("2.10ms", "210.00us")).p99Millis()).isEqualTo(0.21);
  }

  @Test
  void anythingElseIsAFailure() {
    assertThatThrownBy(() -> Wrk.parse("unable to connect")).isInstanceOf(IOException.class);
  }
}
