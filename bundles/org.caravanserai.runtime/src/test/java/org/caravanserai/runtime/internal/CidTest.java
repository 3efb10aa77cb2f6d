package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPLogger;

class CidTest {

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void theOneBeforeComesBack() {
    String outer = Cid.begin("outer");
    assertThat(outer).isNull();
    String inner = Cid.begin("inner");
    assertThat(inner).isEqualTo("outer");
    assertThat(MDC.get("cid")).isEqualTo("inner");
    Cid.end(inner);
    assertThat(MDC.get("cid")).isEqualTo("outer");
    Cid.end(outer);
    assertThat(MDC.get("cid")).isNull();
  }

  @Test
  void aLoggersLinesCarryItAndNothingElseDoes() {
    try (CapturedLog log = new CapturedLog("some.service")) {
      CidLogger logger = new CidLogger(LoggerFactory.getLogger("some.service"), "c1");
      logger.info("one {} {} {}", 1, 2, 3);
      logger.warn("two", new IllegalStateException("x"));
      logger.debug("not at this level");
      assertThat(MDC.get("cid")).isNull();
      assertThat(log.text())
          .isEqualTo("INFO one 1 2 3 \nWARN two java.lang.IllegalStateException: x");
      assertThat(log.events())
          .allSatisfy(event -> assertThat(event.getMDCPropertyMap()).containsEntry("cid", "c1"));
      assertThat(logger.isInfoEnabled()).isTrue();
      assertThat(logger.isErrorEnabled()).isTrue();
      assertThat(logger.isDebugEnabled()).isFalse();
      assertThat(logger.isTraceEnabled()).isFalse();
      assertThat(logger.getName()).isEqualTo("some.service");
    }
  }

  @Test
  void plainLoggersWorkToo() {
    new CidLogger(NOPLogger.NOP_LOGGER, "c1").error("nobody hears it", new Exception("x"));
    assertThat(MDC.get("cid")).isNull();
  }
}
