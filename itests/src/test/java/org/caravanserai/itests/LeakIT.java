package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nothing stays of revisions that are no longer live, however many there were. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeakIT {

  private static final Logger LOG = LoggerFactory.getLogger(LeakIT.class);
  private static final int WARM_UP = Length.of(50, 500);

  /** Uses all that might hold a revision's classes. */
  private static final String SOURCE =
      """
      import com.fasterxml.jackson.databind.json.JsonMapper;
      import java.io.*;
      import java.math.BigDecimal;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.stream.*;
      import org.caravanserai.api.*;
      import org.slf4j.LoggerFactory;

      @ServiceName("leaky")
      public class LeakyREV implements Service<LeakyREV.Order, LeakyREV.Receipt>, AutoCloseable {
        public enum Colour { RED { int code() { return 1; } }; int code() { return 0; } }
        public record Item(String name, BigDecimal price, Colour colour) {}
        public record Order(int number, List<Item> items, Optional<LocalDate> due) {}
        public record Receipt(String text, Map<String, Item> items, Instant at) {}
        public record Note(String text) {}
        static final class NoteException extends RuntimeException {}

        private static final ThreadLocal<Note> NOTES = ThreadLocal.withInitial(() -> new Note("REV"));
        private static final ThreadLocal<Object> OWN = new ThreadLocal<>();
        private final List<Note> notes = new CopyOnWriteArrayList<>();

        @Override
        public Receipt handle(Order order, Context context) throws Exception {
          OWN.set(this);
          context.log().info("order {}", order.number());
          LoggerFactory.getLogger(LeakyREV.class).debug("{} {}", NOTES.get(), order);
          Function<Item, String> name = item -> item.name() + item.colour().code();
          String text = order.items().stream().map(name).collect(Collectors.joining());
          Note note = new JsonMapper().convertValue(Map.of("text", text), Note.class);
          notes.add(note);
          try {
            throw new NoteException();
          } catch (NoteException expected) {
            context.log().debug("as expected", expected);
          }
          String other = context.invoke("leaky.other", new Note(text), String.class);
          Map<String, Item> items = new TreeMap<>();
          order.items().forEach(item -> items.put(item.name(), item));
          return new Receipt(text + other, items, Instant.now());
        }

        @Override
        public void close() {
          notes.clear();
        }
      }
      """;

  private static final String STREAMS =
      """
      import java.io.*;
      import java.util.concurrent.*;
      import org.caravanserai.api.*;

      @ServiceName("leaky.stream")
      public class StreamedREV implements Service<InputStream, CompletionStage<InputStream>> {
        static final class Own extends ByteArrayInputStream { Own(byte[] of) { super(of); } }

        @Override
        public CompletionStage<InputStream> handle(InputStream input, Context context) throws Exception {
          byte[] content = input.readAllBytes();
          return CompletableFuture.supplyAsync(() -> new Own(content));
        }
      }
      """;

  private static final String ORDER =
      "{\"number\":REV,\"items\":[{\"name\":\"a\",\"price\":1.50,\"colour\":\"RED\"}],\"due\":\"2026-01-31\"}";

  private final Server server = Server.start();
  private final Client client = server.client();
  private final Jvm jvm = new Jvm(server);
  private int revision;

  @BeforeAll
  void warmUp() {
    client.deploy(
        "other",
        Sources.service(
            "leaky.other", "Map<String, Object>", "String", "return \"\" + input.get(\"text\");"));
    server.save("serai-leaky.yaml", Sources.channel("leaky", "leaky", "/leaky"));
    server.save(
        "serai-streamed.yaml",
        Sources.channel("streamed", "leaky.stream", "/streamed", "data_format: raw"));
    redeploy(WARM_UP);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void nothingStaysOfRevisionsThatAreGone() throws IOException {
    int redeploys = Length.of(150, 1000);
    settle();
    State before = state();
    redeploy(redeploys);
    settle();
    State after = state();
    LOG.info(
        "{\"test\":\"LeakIT\",\"redeploys\":{},\"before\":{},\"after\":{}}",
        redeploys,
        before,
        after);

    assertFlat("loaded classes", before.classes(), after.classes(), 2);
    // Profiles of code that becomes hot lie there too: after few revisions that is not over.
    assertFlat(
        "kilobytes of Metaspace",
        before.metaspaceKilobytes(),
        after.metaspaceKilobytes(),
        Length.of(5, 2));
    assertThat(after.threads()).as("threads").isLessThan(before.threads() + 20);
    assertThat(after.files()).as("open files").isLessThan(before.files() + 20);
    assertThat(after.mbeans()).as("MBeans").isEqualTo(before.mbeans());
  }

  private static void assertFlat(String what, long before, long after, int percent) {
    assertThat(after).as(what).isLessThanOrEqualTo(before + before * percent / 100);
  }

  /** What may have grown. */
  record State(long classes, long metaspaceKilobytes, long threads, long files, long mbeans) {
    @Override
    public String toString() {
      return String.format(
          "{\"classes\":%d,\"metaspaceKilobytes\":%d,\"threads\":%d,\"files\":%d,\"mbeans\":%d}",
          classes, metaspaceKilobytes, threads, files, mbeans);
    }
  }

  private State state() throws IOException {
    jvm.collect();
    return new State(
        jvm.classes(),
        jvm.metaspaceKilobytes(),
        jvm.threads().size(),
        jvm.files(),
        jvm.instances("com.sun.jmx.mbeanserver.NamedObject").values().stream()
            .mapToLong(each -> each)
            .sum());
  }

  private void redeploy(int count) {
    for (int i = 0; i < count; i++) {
      revision++;
      String rev = Integer.toString(revision);
      deploy("leaky", SOURCE.replace("REV", rev));
      deploy("streamed", STREAMS.replace("REV", rev));
      if (i == 0) {
        await().until(() -> client.post("/streamed", "x").statusCode() == 200);
        await().until(() -> client.post("/leaky", ORDER.replace("REV", rev)).statusCode() == 200);
      }
      HttpResponse<String> receipt = client.post("/leaky", ORDER.replace("REV", rev));
      assertThat(receipt.body()).contains("\"text\":\"a1a1\"");
      assertThat(client.post("/streamed", rev).body()).isEqualTo(rev);
    }
  }

  private void deploy(String name, String source) {
    HttpResponse<String> response = client.deploy(name, source);
    assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
  }

  /** Waits until only the current revisions are there. */
  private void settle() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              // A thread that a revision has used may hold it until its next call.
              for (int i = 0; i < 100; i++) {
                client.apiPost("/services/leaky.other/invoke", "{\"text\":\"\"}");
                client.post("/streamed", "x");
              }
              jvm.collect();
              assertThat(old("Leaky")).as("classes of old revisions").isEmpty();
              assertThat(old("Streamed")).as("classes of old revisions").isEmpty();
            });
  }

  private List<String> old(String prefix) {
    Pattern name = Pattern.compile("\\b" + prefix + "(\\d+)\\b");
    return jvm.classes(prefix).stream()
        .filter(
            each -> {
              Matcher found = name.matcher(each);
              return found.find() && Integer.parseInt(found.group(1)) < revision;
            })
        .toList();
  }
}
