package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Figures;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.load.Wrk;
import org.caravanserai.benchmarks.server.BareJetty;
import org.caravanserai.benchmarks.server.CamelMain;
import org.caravanserai.benchmarks.server.Launched;
import org.caravanserai.benchmarks.server.NodeRed;
import org.caravanserai.benchmarks.server.Serai;
import org.caravanserai.benchmarks.server.Sources;

/** How many requests a second one core answers. */
public final class RestPart implements Part {

  private static final String NAME = "rest";
  private static final int LOAD_CORE = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "a hello through the full channel (Basic auth, JSON in and out, a record each way)"
        + " against constant answers of the peers; server on one core, `wrk -t1 -c32` on the other,"
        + " warmed up on both, rounds interleaved, ratios of the rounds' medians";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    Path script = bench.folder("rest").resolve("hello.lua");
    Files.writeString(
        script,
        """
        wrk.method = "POST"
        wrk.body = '{"name":"Ada","comment":"sixty bytes of JSON, as in the docs"}'
        wrk.headers["Content-Type"] = "application/json"
        wrk.headers["Authorization"] = "Basic YmVuY2g6YmVuY2gtcGFzc3dvcmQ="
        """);
    try (Serai serai = hello(bench);
        Launched jetty = BareJetty.launch(bench);
        var camel = new CamelMain(bench);
        var nodeRed = new NodeRed(bench)) {
      var ours = new Series(serai.process());
      var guarded = new Series(serai.process(), "/guarded");
      var open = new Series(serai.process(), "/open");
      var bare = new Series(jetty);
      var main = new Series(camel.process());
      var red = new Series(nodeRed.process());
      List<Series> all = List.of(bare, ours, guarded, open, main, red);
      int warmUp = bench.effort().pick(60, 15, 2);
      for (Series series : all) {
        bench.say("warming up " + series.server.name());
        series.server.pin("0,1");
        Wrk.run(LOAD_CORE, warmUp, script, series.server.port(), series.path);
        series.server.pin("0");
      }
      int rounds = bench.effort().pick(5, 3, 1);
      int seconds = bench.effort().pick(8, 6, 2);
      for (int round = 1; round <= rounds; round++) {
        bench.say("round " + round + " of " + rounds);
        for (Series series : all) {
          series.add(Wrk.run(LOAD_CORE, seconds, script, series.server.port(), series.path));
        }
      }
      List<Row> rows = rows(ours, bare, main, red);
      long errors = ours.errors + guarded.errors + open.errors;
      rows.add(
          Row.of(NAME, "answers that were not 200", (double) errors, "").with(Target.exactly(0)));
      rows.add(
          guarded
              .ratio("hello with a rate limit / without authentication and limit", open)
              .remark("what both leave of a hello; counters are in both")
              .with(Target.atLeast(0.85)));
      return rows;
    }
  }

  private static Serai hello(Bench bench) throws IOException, InterruptedException {
    Serai serai = Serai.start(bench, bench.folder("rest-server"));
    try (Connection api = serai.manage()) {
      serai.deploy(api, "Hello", Sources.hello());
      serai.save(
          "serai.yaml",
          """
          security:
            - name: bench
              type: basic_auth
              username: bench
              password: bench-password
          channel_rest:
          """
              + Sources.channel("hello", "bench.hello")
              + "    security: bench\n"
              + Sources.channel("guarded", "bench.hello")
              + """
                  security: bench
                  rate_limiting:
                    - cidr_list: [0.0.0.0/0]
                      time_range: [{limit: 1000000, limit_unit: second}]
              """
              + Sources.channel("open", "bench.hello"));
      serai.awaitAnswer("/open?name=Ada");
      return serai;
    } catch (IOException | InterruptedException e) {
      serai.close();
      throw e;
    }
  }

  private static List<Row> rows(Series ours, Series bare, Series main, Series red) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of(NAME, "hello, Basic auth", ours.rate(), "/s")
            .remark(
                "p99 %s ms; bare Jetty %s/s, Camel Main %s/s, Node-RED %s/s"
                    .formatted(
                        Figures.text(ours.p99.median()),
                        Figures.text(bare.rate()),
                        Figures.text(main.rate()),
                        Figures.text(red.rate()))));
    rows.add(ours.ratio("hello / bare Jetty 12", bare).with(Target.atLeast(0.85)));
    rows.add(ours.ratio("hello / Camel Main", main).with(Target.above(1.5)));
    rows.add(ours.ratio("hello / Node-RED", red).with(Target.above(10)));
    return rows;
  }

  /** The rounds of one server. */
  private static final class Series {

    private final Launched server;
    private final String path;
    private final List<Wrk> rounds = new ArrayList<>();
    private final Samples rates = new Samples();
    private final Samples p99 = new Samples();
    private long errors;

    Series(Launched server) {
      this(server, "/hello");
    }

    Series(Launched server, String path) {
      this.server = server;
      this.path = path;
    }

    void add(Wrk round) {
      rounds.add(round);
      rates.add(round.perSecond());
      p99.add(round.p99Millis());
      errors += round.errors();
    }

    double rate() {
      return rates.median();
    }

    /** The median of the rounds' ratios, since the machine changes from round to round. */
    Row ratio(String name, Series peer) {
      var ratios = new Samples();
      for (int i = 0; i < rounds.size(); i++) {
        ratios.add(rounds.get(i).perSecond() / peer.rounds.get(i).perSecond());
      }
      String remark = peer.errors == 0 ? "" : peer.errors + " answers of the peer were not 200";
      return Row.of(NAME, name, ratios.median(), "x").remark(remark);
    }
  }
}
