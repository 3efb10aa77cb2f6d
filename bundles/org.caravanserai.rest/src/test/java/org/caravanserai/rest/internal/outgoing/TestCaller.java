package org.caravanserai.rest.internal.outgoing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.spi.Caller;

/** A caller whose call ends when the test says so. */
final class TestCaller implements Caller {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final List<AutoCloseable> held = new ArrayList<>();
  final AtomicInteger staying = new AtomicInteger();
  volatile long nanosLeft = Long.MAX_VALUE;

  @Override
  public String cid() {
    return "the-cid";
  }

  @Override
  public long nanosLeft() {
    return nanosLeft;
  }

  @Override
  public void closeAtEnd(AutoCloseable resource) {
    held.add(resource);
  }

  void end() throws Exception {
    for (AutoCloseable each : held) {
      each.close();
    }
  }

  @Override
  public Runnable stay() {
    staying.incrementAndGet();
    return staying::decrementAndGet;
  }

  @Override
  public byte[] toJson(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public <T> T fromJson(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
