package org.caravanserai.runtime.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

/** Services that tests of several calls call. */
public final class Helpers {

  private Helpers() {}

  /** What a callback was told. */
  public record Told(String service, String kind, Map<String, Object> headers, JsonNode message) {}

  static final Queue<Told> TOLD = new ConcurrentLinkedQueue<>();

  /** What a service takes that greets. */
  public record Name(String name) {}

  /** Greets. */
  @ServiceName("test.hello")
  public static class Hello implements Service<Name, Map<String, Object>> {
    @Override
    public Map<String, Object> handle(Name input, Context context) {
      return Map.of("greeting", "Hello, " + input.name(), "by", context.channel().kind());
    }
  }

  /** Does what its test says. */
  @ServiceName("test.second")
  public static class Second implements Service<Object, Object> {

    static volatile Service<Object, Object> behaviour = (input, context) -> input;

    @Override
    public Object handle(Object input, Context context) throws Exception {
      return behaviour.handle(input, context);
    }
  }

  /** Is told. */
  @ServiceName("test.sink")
  public static class Sink implements Service<JsonNode, Void> {
    @Override
    public Void handle(JsonNode input, Context context) {
      TOLD.add(new Told(context.service(), context.channel().kind(), context.headers(), input));
      return null;
    }
  }

  /** A callback of which a record says what it wants to know. */
  public record Answer(String target, boolean ok, Map<String, Object> response) {}

  /** Is told by a record. */
  @ServiceName("test.typed-sink")
  public static class TypedSink implements Service<Answer, Void> {

    static final Queue<Answer> ANSWERS = new ConcurrentLinkedQueue<>();

    @Override
    public Void handle(Answer input, Context context) {
      ANSWERS.add(input);
      return null;
    }
  }
}
