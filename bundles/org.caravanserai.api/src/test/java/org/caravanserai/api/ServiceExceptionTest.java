package org.caravanserai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceExceptionTest {

  @Test
  void itCarriesStatusWordsAndCause() {
    Throwable cause = new IllegalStateException("secret");
    ServiceException failure = new ServiceException(409, "taken", cause);
    assertThat(failure.status()).isEqualTo(409);
    assertThat(failure.details()).isEqualTo("taken");
    assertThat(failure).hasMessage("taken").hasCause(cause);
    assertThat(new ServiceException(404, "gone")).hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 599})
  void failuresOfCallerAndServerAreAllowed(int status) {
    assertThat(new ServiceException(status, "x").status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 399, 600})
  void otherStatusesAreRefused(int status) {
    assertThatThrownBy(() -> new ServiceException(status, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("status " + status + " is not within 400 to 599");
  }

  @Test
  void itMaySayWhenToTryAgain() {
    assertThat(new ServiceException(503, "busy", null, 7).retryAfterSeconds()).isEqualTo(7);
    assertThat(new ServiceException(503, "busy").retryAfterSeconds()).isZero();
    assertThatThrownBy(() -> new ServiceException(503, "busy", null, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wordsMayBeMissing() {
    assertThat(new ServiceException(500, null).details()).isEmpty();
  }
}
