package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The only one who changes a deployment of two services, at random and one change after the other.
 * Knows what was answered, and which change was not, so that after a crash it can tell what must be
 * there and what may be.
 */
final class Owner {

  /** What stands for a deployment that is not there. */
  private static final String NONE = "none";

  private static final String SOURCE =
      """
      import org.caravanserai.api.*;

      @ServiceName("NAME.first") public class First implements Service<Void, String> {
        public First() {
          if (REFUSED) {
            throw new IllegalStateException("no luck");
          }
        }

        public String handle(Void none, Context context) { return "ANSWER"; }
      }
      @ServiceName("NAME.second") public class Second implements Service<Void, String> {
        public String handle(Void none, Context context) { return Late.ANSWER.get(); }
        static class Late {
          static final java.util.function.Supplier<String> ANSWER = () -> "ANSWER";
        }
      }
      """;

  /** So many of the last revisions are looked for; all of 100 may be fewer after a refusal. */
  private static final int LOOKED_FOR = 80;

  private final Server server;
  private final Client client;
  private final String name;
  private final boolean byFile;
  private final Random random;
  private final CrashCounts counts;
  private final NavigableMap<Integer, String> history = new TreeMap<>();
  private String live = NONE;
  private int revision;
  private String pending = NONE;
  private boolean isPending;
  private boolean saved;
  private int made;

  Owner(Server server, String name, boolean byFile, Random random, CrashCounts counts) {
    this.server = server;
    this.client = server.client();
    this.name = name;
    this.byFile = byFile;
    this.random = random;
    this.counts = counts;
  }

  String name() {
    return name;
  }

  /** Where its bundle must come from; nothing if it is deleted. */
  List<String> location() {
    return live.equals(NONE) ? List.of() : List.of("serai:" + name + "/" + revision);
  }

  /** A channel for the first of its services. */
  String channel() {
    return Sources.channel(name, name + ".first", "/" + name);
  }

  /** Changes it until the server is gone. */
  void change() {
    try {
      while (true) {
        int what = random.nextInt(100);
        if (what < 10 && !live.equals(NONE)) {
          delete();
        } else if (what < 25 && history.size() > 1 && !live.equals(NONE)) {
          rollBack();
        } else if (what < 40) {
          refuse();
        } else if (byFile && what < 80) {
          save();
        } else {
          deploy();
        }
      }
    } catch (UncheckedIOException e) {
      // The server is gone; what was not answered stays open until it is looked at.
      counts.unanswered(isPending);
    }
  }

  private void sending(String next) {
    counts.sent();
    pending = next;
    isPending = true;
  }

  private void answered(String now, int number) {
    counts.answered();
    if (!now.equals(NONE) && number != revision) {
      assertThat(number).as("%s: a number is used once", name).isGreaterThan(highest());
      history.put(number, now);
    }
    live = now;
    revision = number;
    isPending = false;
    saved = false;
  }

  private int highest() {
    return history.isEmpty() ? 0 : history.lastKey();
  }

  private void deploy() {
    String next = name + "-" + ++made;
    sending(next);
    answeredLive(client.deploy(name, source(next, false)), next);
  }

  private void rollBack() {
    List<Integer> back = history.tailMap(highest() - LOOKED_FOR).keySet().stream().toList();
    int to = back.get(random.nextInt(back.size()));
    String next = history.getOrDefault(to, "");
    sending(next);
    answeredLive(
        client.apiPost("/deployments/" + name + "/rollback", "{\"revision\":" + to + "}"), next);
  }

  private void answeredLive(HttpResponse<String> response, String next) {
    assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
    answered(next, Client.json(response).path("revision").asInt());
  }

  /** It was sent, stored and constructed, and must leave nothing behind. */
  private void refuse() {
    counts.sent();
    assertThat(client.deploy(name, source("refused", true)).statusCode()).isEqualTo(422);
    counts.answered();
  }

  private void delete() {
    sending(NONE);
    HttpResponse<String> response = client.send(client.api("/deployments/" + name).DELETE());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    answered(NONE, revision);
  }

  private void save() {
    String next = name + "-" + ++made;
    sending(next);
    saved = true;
    server.save(name + ".java", source(next, false));
    long end = System.nanoTime() + 30_000_000_000L;
    while (!invoke("second").equals(next)) {
      assertThat(System.nanoTime()).as("%s was saved and is not live", next).isLessThan(end);
    }
    answered(next, info().path("revision").asInt());
  }

  /** What is live after a start is what was answered, or the one change that was not. */
  void check() {
    JsonNode info = info();
    String now = info.has("revision") ? invoke("second") : NONE;
    if (isPending) {
      counts.found(now.equals(pending));
    }
    if (isPending && saved) {
      assertThat(now).as("%s lies in the folder", name).isEqualTo(pending);
    } else if (isPending) {
      assertThat(now).as("%s: old or new", name).isIn(live, pending);
    } else {
      assertThat(now).as("%s: as it was answered", name).isEqualTo(live);
    }
    int number = info.path("revision").asInt();
    if (now.equals(NONE)) {
      assertThat(invoke("first")).contains("404");
    } else {
      assertThat(info.path("status").asText()).as("%s", info).isEqualTo("live");
      assertThat(invoke("first")).as("%s: both services", name).isEqualTo(now);
      assertThat(client.get("/" + name).body()).as("%s: by its channel", name).isEqualTo(now);
      if (now.equals(live) && number != revision) {
        assertThat(isPending && pending.equals(live)).as("%s: %s", name, info).isTrue();
      }
      TreeSet<Integer> kept = new TreeSet<>();
      info.path("revisions").forEach(each -> kept.add(each.asInt()));
      assertThat(kept)
          .contains(number)
          .containsAll(history.tailMap(highest() - LOOKED_FOR).keySet());
    }
    counts.checked();
    counts.sent();
    answered(now, now.equals(NONE) ? revision : number);
  }

  private JsonNode info() {
    return Client.json(client.apiGet("/deployments/" + name));
  }

  private String invoke(String service) {
    HttpResponse<String> response =
        client.apiPost("/services/" + name + "." + service + "/invoke", "");
    return response.statusCode() == 200
        ? response.body()
        : response.statusCode() + " " + response.body();
  }

  private String source(String answer, boolean refused) {
    return SOURCE
        .replace("NAME", name)
        .replace("ANSWER\"", answer + "\"")
        .replace("REFUSED", Boolean.toString(refused));
  }
}
