package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that are killed while durable fan-outs are begun and made: each one whose beginning was
 * confirmed comes to its end, and its final callback is told.
 */
class ToolboxCrashIT {

  private static final Logger LOG = LoggerFactory.getLogger(ToolboxCrashIT.class);
  private static final String SOURCE =
      """
      import java.nio.file.*;
      import java.util.*;
      import org.caravanserai.api.*;

      public class Crash {
        public record Told(String in_reply_to, boolean ok, List<Integer> data) {}

        @ServiceName("crash.work")
        public static class Work implements Service<Map<String, Object>, Integer> {
          public Integer handle(Map<String, Object> input, Context context) {
            return (Integer) input.get("n");
          }
        }

        @ServiceName("crash.begin")
        public static class Begin implements Service<Void, String> {
          public String handle(Void nothing, Context context) {
            return context.fanOut()
                .call("crash.work", Map.of("n", 1))
                .call("crash.work", Map.of("n", 2))
                .call("crash.work", Map.of("n", 3))
                .onFinal("crash.end")
                .durable()
                .start();
          }
        }

        @ServiceName("crash.end")
        public static class End implements Service<Told, Void> {
          public Void handle(Told told, Context context) throws Exception {
            Files.writeString(
                Path.of("FILE"),
                told.in_reply_to() + " " + told.ok() + " " + told.data() + "\\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
            return null;
          }
        }
      }
      """;
  private static final int CALLERS = 3;
  private static final Duration DRAIN = Duration.ofMinutes(3);

  private final long seed = Long.getLong("serai.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Server server = Server.start();
  private final Client client = server.client();
  private final Path ends = server.data().resolveSibling(server.data().getFileName() + ".ends");
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  @AfterEach
  void end() {
    running = false;
    server.close();
    threads.shutdownNow();
  }

  @Test
  void eachFanOutThatWasBegunComesToItsEnd() {
    HttpResponse<String> deployed = client.deploy("Crash", SOURCE.replace("FILE", ends.toString()));
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    int kills = Length.of(2, 30);
    for (int i = 0; i < kills; i++) {
      int before = begun.size();
      running = true;
      CompletableFuture<?>[] all = new CompletableFuture<?>[CALLERS];
      for (int c = 0; c < CALLERS; c++) {
        all[c] = CompletableFuture.runAsync(this::begin, threads);
      }
      await().atMost(DRAIN).until(() -> begun.size() > before + 10);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
      server.kill();
      running = false;
      CompletableFuture.allOf(all).join();
      server.restart();
    }

    await().atMost(DRAIN).until(() -> ended().containsAll(begun));
    Set<String> lost = new TreeSet<>(begun);
    lost.removeAll(ended());
    LOG.info(
        "{\"test\":\"ToolboxCrashIT\",\"kills\":{},\"begun\":{},\"ended\":{},\"lost\":{},\"seed\":{}}",
        kills,
        begun.size(),
        ended().size(),
        lost.size(),
        seed);
    assertThat(lost).isEmpty();
    assertThat(lines()).allSatisfy(line -> assertThat(line).endsWith(" true [1, 2, 3]"));
  }

  private void begin() {
    while (running) {
      try {
        HttpResponse<String> answer = client.apiPost("/services/crash.begin/invoke", "");
        if (answer.statusCode() == 200) {
          begun.add(id(answer.body()));
        }
      } catch (RuntimeException killed) {
        LOG.debug("no answer", killed);
      }
    }
  }

  private static String id(String body) {
    JsonNode answer = body.startsWith("\"") || body.startsWith("{") ? Client.json(body) : null;
    return answer != null && answer.isTextual() ? answer.asText() : body.strip();
  }

  private Set<String> ended() {
    Set<String> ids = new HashSet<>();
    lines().forEach(line -> ids.add(line.split(" ", 2)[0]));
    return ids;
  }

  private Iterable<String> lines() {
    try {
      return Files.exists(ends) ? Files.readAllLines(ends) : Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
