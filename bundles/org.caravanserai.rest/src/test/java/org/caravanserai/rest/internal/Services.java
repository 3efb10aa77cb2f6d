package org.caravanserai.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.Context;
import org.caravanserai.api.Http;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;

/** The services behind the channels of tests. */
final class Services {

  static final List<Class<? extends Service<?, ?>>> ALL =
      List.of(
          Greet.class,
          Count.class,
          GreetAll.class,
          GreetAgain.class,
          EchoMap.class,
          EchoText.class,
          EchoStream.class,
          Nothing.class,
          Wait.class,
          Later.class,
          Fail.class,
          Headers.class,
          Big.class,
          User.class);

  static volatile Semaphore gate = new Semaphore(0);
  static volatile CompletableFuture<String> later = new CompletableFuture<>();

  static final AtomicInteger calls = new AtomicInteger();

  private Services() {}

  /** A person. */
  public record Person(String name, Optional<Integer> age) {}

  /** What is said to a person. */
  public record Greeting(String greeting) {}

  /** Greets. */
  @ServiceName("test.greet")
  public static final class Greet implements Service<Person, Greeting> {
    @Override
    public Greeting handle(Person input, Context context) {
      return new Greeting("Hello, " + input.name() + input.age().map(age -> ", " + age).orElse(""));
    }
  }

  /** Counts its calls; does what the parameters say. */
  @ServiceName("test.count")
  public static final class Count implements Service<Map<String, Object>, Object> {
    @Override
    public Object handle(Map<String, Object> input, Context context) throws InterruptedException {
      int call = calls.incrementAndGet();
      Http http = context.http().orElseThrow();
      if (input.containsKey("wait")) {
        gate.acquire();
      }
      if (input.get("header") instanceof String header) {
        int colon = header.indexOf(':');
        http.responseHeader(header.substring(0, colon), header.substring(colon + 1));
      }
      if (input.get("status") instanceof String status) {
        http.status(Integer.parseInt(status));
      }
      if (input.containsKey("fail") && call == 1) {
        throw new ServiceException(422, "told to fail");
      }
      if (input.get("size") instanceof String size) {
        return "x".repeat(Integer.parseInt(size));
      }
      return input.containsKey("stream")
          ? new ByteArrayInputStream(("call " + call).getBytes(StandardCharsets.UTF_8))
          : "call " + call;
    }
  }

  /** Greets many. */
  @ServiceName("test.people")
  public static final class GreetAll implements Service<List<Person>, List<Greeting>> {
    @Override
    public List<Greeting> handle(List<Person> input, Context context) {
      return input.stream().map(each -> new Greet().handle(each, context)).toList();
    }
  }

  /** Greets otherwise. */
  @ServiceName("test.greet-again")
  public static final class GreetAgain implements Service<Person, Greeting> {
    @Override
    public Greeting handle(Person input, Context context) {
      return new Greeting("Again, " + input.name());
    }
  }

  /** Gives back what came in, and by whom. */
  @ServiceName("test.map")
  public static final class EchoMap implements Service<Map<String, Object>, Map<String, Object>> {
    @Override
    public Map<String, Object> handle(Map<String, Object> input, Context context) {
      return Map.of(
          "input", input,
          "user", context.channel().user().orElse("nobody"),
          "kind", context.channel().kind(),
          "channel", context.channel().name());
    }
  }

  /** Gives back the raw body. */
  @ServiceName("test.text")
  public static final class EchoText implements Service<String, String> {
    @Override
    public String handle(String input, Context context) {
      return input;
    }
  }

  /** Gives back the body as it arrives. */
  @ServiceName("test.stream")
  public static final class EchoStream implements Service<InputStream, InputStream> {
    @Override
    public InputStream handle(InputStream input, Context context) throws IOException {
      return new ByteArrayInputStream(input.readAllBytes());
    }
  }

  /** Says nothing. */
  @ServiceName("test.nothing")
  public static final class Nothing implements Service<JsonNode, Void> {
    @Override
    public Void handle(JsonNode input, Context context) {
      return null;
    }
  }

  /** Waits for the test. */
  @ServiceName("test.wait")
  public static final class Wait implements Service<Void, String> {
    @Override
    public String handle(Void input, Context context) throws InterruptedException {
      gate.acquire();
      return "waited";
    }
  }

  /** Answers when the test says so, without a thread. */
  @ServiceName("test.later")
  public static final class Later implements Service<Void, CompletionStage<String>> {
    @Override
    public CompletionStage<String> handle(Void input, Context context) {
      return later;
    }
  }

  /** Fails as it is told. */
  @ServiceName("test.fail")
  public static final class Fail implements Service<Person, String> {
    @Override
    public String handle(Person input, Context context) {
      if (input.age().isPresent()) {
        throw new ServiceException(
            input.age().get(), "told to fail", null, input.age().get() == 503 ? 7 : 0);
      }
      throw new IllegalStateException("secret of " + input.name());
    }
  }

  /** Sets what it can of the answer. */
  @ServiceName("test.headers")
  public static final class Headers implements Service<Map<String, Object>, Map<String, Object>> {
    @Override
    public Map<String, Object> handle(Map<String, Object> input, Context context) {
      Http http = context.http().orElseThrow();
      http.status(201);
      http.responseHeader("Location", "/orders/1");
      http.responseHeader("X-Seen", http.header("x-sent").orElse("none"));
      http.responseHeader("Content-Type", "application/vnd.test+json");
      return Map.of(
          "method", http.method(),
          "path", http.path(),
          "query", http.query(),
          "parameters", http.pathParameters(),
          "address", http.remoteAddress(),
          "sent", http.headers().getOrDefault("x-sent", List.of()));
    }
  }

  /** Gives a large stream. */
  @ServiceName("test.big")
  public static final class Big implements Service<Void, InputStream> {
    @Override
    public InputStream handle(Void input, Context context) {
      return new ByteArrayInputStream(new byte[3_000_000]);
    }
  }

  /** Answers who calls. */
  @ServiceName("test.user")
  public static final class User implements Service<Void, String> {
    @Override
    public String handle(Void input, Context context) {
      return context.channel().user().orElse("nobody");
    }
  }
}
