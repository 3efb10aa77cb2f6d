package org.caravanserai.cache.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.caravanserai.spi.Caller;

/**
 * A call of a service, as caches see it.
 *
 * @param nanosLeft how long it waits
 */
public record JsonCaller(long nanosLeft) implements Caller {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  /** One that waits for ever. */
  public JsonCaller() {
    this(Long.MAX_VALUE);
  }

  @Override
  public String cid() {
    return "cid";
  }

  @Override
  public void closeAtEnd(AutoCloseable resource) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Runnable stay() {
    return () -> {};
  }

  @Override
  public byte[] toJson(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public <T> T fromJson(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
