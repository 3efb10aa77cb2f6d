package org.caravanserai.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Reads server-sent events until it is closed or the server ends them. */
final class EventStream implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> response;
  private volatile boolean ended;
  private final AtomicInteger comments = new AtomicInteger();

  /** One that was read. */
  record Event(String id, String type, JsonNode data) {}

  /** Opens one. */
  EventStream(HttpRequest.Builder request) {
    try {
      response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Thread reader = new Thread(this::read, "events");
    reader.setDaemon(true);
    reader.start();
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  private void read() {
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String id = "";
      String type = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          comments.incrementAndGet();
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          events.add(new Event(id, type, Client.json(line.substring(6))));
        }
      }
    } catch (IOException e) {
      // Closed, by either side.
    }
    ended = true;
  }

  /** Those that were read. */
  List<Event> events() {
    return events;
  }

  int comments() {
    return comments.get();
  }

  /** Waits for one. */
  Event await(Predicate<Event> wanted) {
    Awaitility.await().atMost(LIMIT).until(() -> events.stream().anyMatch(wanted));
    return events.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits until the server has ended it. */
  void awaitEnd() {
    Awaitility.await().atMost(LIMIT).until(() -> ended);
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      // It has ended already.
    }
  }
}
