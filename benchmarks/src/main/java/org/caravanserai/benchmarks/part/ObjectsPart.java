package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Answer;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.server.Serai;
import org.caravanserai.benchmarks.server.Sources;

/** How long configuration takes, and what it holds. */
public final class ObjectsPart implements Part {

  private static final String NAME = "objects";
  private static final double MB = 1024;
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "one YAML file with 1,000 `channel_rest` and 1,000 `outgoing_rest` is imported into a"
        + " server that has just started, exported, and channels of it are edited one at a time"
        + " until the new path answers; then the list is searched among 10,000 objects";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    int number = bench.effort().pick(1_000, 1_000, 50);
    int rounds = bench.effort().pick(3, 1, 1);
    var imports = new Samples();
    for (int round = 1; round < rounds; round++) {
      bench.say("import " + round + " of " + rounds);
      try (Serai serai = start(bench)) {
        imports.add(importAll(serai, number) / 1e3);
      }
    }
    bench.say("import, exports and edits");
    try (Serai serai = start(bench);
        Connection api = serai.manage()) {
      long before = settledKb(bench, serai);
      imports.add(importAll(serai, number) / 1e3);
      long after = settledKb(bench, serai);
      Samples exports = exports(serai, api, bench.effort().pick(11, 5, 1));
      Samples edits = edits(serai, api, number, bench.effort().pick(200, 50, 5));
      importDefinitions(serai, number * 8);
      Samples searches = searches(serai, api, bench.effort().pick(21, 5, 1));
      List<Row> rows = new ArrayList<>();
      String all = number + " channels + " + number + " connections: ";
      rows.add(
          Row.of(NAME, all + "import", imports.median(), "s")
              .with(Target.below(5))
              .remark("the fastest %.1f s".formatted(imports.quantile(0))));
      rows.add(
          Row.of(NAME, all + "RSS they add", (after - before) / MB, "MB").with(Target.below(100)));
      rows.add(Row.of(NAME, all + "export", exports.median() / 1e3, "s").with(Target.below(1)));
      rows.add(
          Row.of(NAME, "edit of a channel -> the new path answers, p50", edits.median(), "ms")
              .with(Target.below(20)));
      rows.add(
          Row.of(
              NAME, "edit of a channel -> the new path answers, p99", edits.quantile(0.99), "ms"));
      rows.add(
          Row.of(NAME, "search among " + number * 10 + " objects", searches.median(), "ms")
              .with(Target.below(300)));
      return rows;
    }
  }

  private static Serai start(Bench bench) throws IOException, InterruptedException {
    Path folder = bench.folder("objects");
    return Serai.start(bench, folder);
  }

  private static long settledKb(Bench bench, Serai serai) throws IOException, InterruptedException {
    Thread.sleep(bench.effort().pick(5_000, 3_000, 100));
    serai.process().collectGarbage();
    serai.process().collectGarbage();
    Thread.sleep(1_000);
    return serai.process().residentKb();
  }

  private static double importAll(Serai serai, int number) throws IOException {
    var yaml = new StringBuilder("channel_rest:\n");
    for (int i = 0; i < number; i++) {
      yaml.append(Sources.channel("channel-" + i, "bench.service-" + i));
    }
    yaml.append("outgoing_rest:\n");
    for (int i = 0; i < number; i++) {
      yaml.append("  - name: connection-").append(i);
      yaml.append("\n    host: http://127.0.0.1:9\n    url_path: /c/").append(i).append('\n');
    }
    return importYaml(serai, yaml.toString());
  }

  private static void importDefinitions(Serai serai, int number) throws IOException {
    var yaml = new StringBuilder("security:\n");
    for (int i = 0; i < number; i++) {
      yaml.append("  - name: definition-").append(i);
      yaml.append("\n    type: basic_auth\n    username: user-").append(i);
      yaml.append("\n    password: password-").append(i).append('\n');
    }
    importYaml(serai, yaml.toString());
  }

  /** Gives the milliseconds that it took. */
  private static double importYaml(Serai serai, String yaml) throws IOException {
    try (Connection api = serai.manage()) {
      long begin = System.nanoTime();
      byte[] body = yaml.getBytes(StandardCharsets.UTF_8);
      expect(serai.send(api, "POST", "/config/import", "application/yaml", body));
      return millisSince(begin);
    }
  }

  private static Samples exports(Serai serai, Connection api, int rounds) throws IOException {
    var millis = new Samples();
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      expect(serai.send(api, "GET", "/config/export", "", new byte[0]));
      millis.add(millisSince(begin));
    }
    return millis;
  }

  /** Nobody has deployed the services: the new path is there once it answers 503 and not 404. */
  private static Samples edits(Serai serai, Connection api, int number, int rounds)
      throws IOException {
    var millis = new Samples();
    try (Connection traffic = serai.process().connect()) {
      for (int i = 0; i < rounds; i++) {
        int which = i * 31 % number;
        String path = "/edited/" + i;
        String channel =
            "{\"service\": \"bench.service-%d\", \"url_path\": \"%s\"}".formatted(which, path);
        long begin = System.nanoTime();
        byte[] body = channel.getBytes(StandardCharsets.UTF_8);
        String object = "/objects/channel_rest/channel-" + which;
        expect(serai.send(api, "PUT", object, "application/json", body));
        int status = traffic.get(path).status();
        millis.add(millisSince(begin));
        if (status == 404) {
          throw new IOException(path + " is not there after the answer to its edit");
        }
      }
    }
    return millis;
  }

  private static Samples searches(Serai serai, Connection api, int rounds) throws IOException {
    var millis = new Samples();
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      String query = "/objects?q=nition-" + (100 + i) + "&sort=-name&limit=50";
      expect(serai.send(api, "GET", query, "", new byte[0]));
      millis.add(millisSince(begin));
    }
    return millis;
  }

  private static void expect(Answer answer) throws IOException {
    if (answer.status() / 100 != 2) {
      throw new IOException(answer.toString());
    }
  }

  private static double millisSince(long begin) {
    return (System.nanoTime() - begin) / NANOS_PER_MILLI;
  }
}
