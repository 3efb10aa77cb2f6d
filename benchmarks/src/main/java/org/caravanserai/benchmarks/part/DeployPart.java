package org.caravanserai.benchmarks.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Answer;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.server.Installed;
import org.caravanserai.benchmarks.server.Serai;
import org.caravanserai.benchmarks.server.ServiceJar;
import org.caravanserai.benchmarks.server.Sources;
import org.jspecify.annotations.Nullable;

/** How long a deployment takes, by its three ways in. */
public final class DeployPart implements Part {

  private static final String NAME = "deploy";
  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(50);
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "1,000 services are installed; a compiled jar, a service bundle of 50 KB, a source, and a"
        + " saved file are deployed in turn, 20 a second in all";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    int warmUp = bench.effort().pick(600, 300, 5);
    int count = bench.effort().pick(300, 60, 5);
    List<byte[]> jars =
        new ServiceJar(bench.distribution()).revisions("bench.jar", "Jar", 0, warmUp + count);
    List<byte[]> bundles =
        new ServiceJar(bench.distribution()).large("bench.bundle", "BundleJar", warmUp + count);
    bench.say("the service bundles have " + bundles.get(0).length + " bytes");
    try (Serai serai = Serai.start(bench, Installed.folder(bench));
        Connection api = serai.manage();
        Connection caller = serai.process().connect()) {
      serai.save("Saved.java", Sources.revision("saved", "Saved", -1));
      serai.save("serai.yaml", "channel_rest:\n" + Sources.channel("saved", "saved"));
      serai.awaitAnswer("/saved");
      var run = new Run(serai, api, caller, jars, bundles);
      bench.say("warming up");
      for (int i = 0; i < warmUp; i++) {
        run.step(i, 0);
      }
      run.forget();
      bench.say("measuring");
      for (int i = warmUp; i < warmUp + count; i++) {
        run.step(i, PERIOD);
      }
      return run.rows(Installed.count(bench));
    }
  }

  /** One server, to which the three kinds of deployment go in turn. */
  private static final class Run {

    private final Serai serai;
    private final Connection api;
    private final Connection caller;
    private final List<byte[]> jars;
    private final List<byte[]> bundles;
    private Posts jarPosts = new Posts();
    private Posts bundlePosts = new Posts();
    private Posts sourcePosts = new Posts();
    private Samples saved = new Samples();
    private String refused = "";
    private long next = System.nanoTime();

    Run(Serai serai, Connection api, Connection caller, List<byte[]> jars, List<byte[]> bundles) {
      this.serai = serai;
      this.api = api;
      this.caller = caller;
      this.jars = jars;
      this.bundles = bundles;
    }

    void forget() {
      jarPosts = new Posts();
      bundlePosts = new Posts();
      sourcePosts = new Posts();
      saved = new Samples();
      next = System.nanoTime();
    }

    void step(int number, long period) throws IOException {
      if (refused.isEmpty()) {
        await(period);
        Answer answer = jarPosts.post(serai, api, "Jar", jars.get(number));
        refused = answer.status() / 100 == 2 ? "" : answer.status() + " " + answer.body();
        if (refused.isEmpty()) {
          jarPosts.awaitBundle(api, serai, "Jar");
        }
      }
      await(period);
      Answer bundle = bundlePosts.post(serai, api, "BundleJar", bundles.get(number));
      if (bundle.status() / 100 != 2) {
        throw new IOException("a service bundle was refused: " + bundle);
      }
      await(period);
      String source = Sources.echo("bench.source", "Source", number);
      Answer answer =
          sourcePosts.post(serai, api, "Source", source.getBytes(StandardCharsets.UTF_8));
      if (answer.status() / 100 != 2) {
        throw new IOException("a source was refused: " + answer);
      }
      await(period);
      save(number);
    }

    private void save(int number) throws IOException {
      String source = Sources.revision("saved", "Saved", number);
      long began = System.nanoTime();
      serai.save("Saved.java", source);
      saved.add((Change.await(caller, "/saved", number) - began) / 1e6);
    }

    private void await(long period) {
      for (long wait = next - System.nanoTime(); wait > 0; wait = next - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      next = Math.max(next, System.nanoTime() - period) + period;
    }

    List<Row> rows(int installed) {
      List<Row> rows = new ArrayList<>();
      if (refused.isEmpty()) {
        rows.addAll(jarPosts.rows("compiled service", Target.below(1), Target.below(3)));
      } else {
        rows.add(Row.missing(NAME, "compiled service", "the server refuses a jar: " + refused));
      }
      rows.addAll(bundlePosts.rows("service bundle of 50 KB", Target.below(5), null));
      rows.addAll(sourcePosts.rows("source", null, null));
      String samples = saved.size() + " samples, " + installed + " services installed";
      rows.add(
          Row.of(NAME, ".java saved -> serving, p50", saved.median(), "ms")
              .with(Target.below(10))
              .remark(samples + ", min " + String.format("%.2f", saved.min())));
      rows.add(
          Row.of(NAME, ".java saved -> serving, p99", saved.p99(), "ms").with(Target.below(50)));
      return rows;
    }
  }

  /** POSTs of one kind, with the server's own account of its time and the whole round trip. */
  private static final class Posts {

    private final Samples compile = new Samples();
    private final Samples live = new Samples();
    private final Samples roundTrip = new Samples();
    private final Samples bundle = new Samples();

    /** How long after the answer the revision is a bundle. */
    void awaitBundle(Connection api, Serai serai, String name) throws IOException {
      long began = System.nanoTime();
      while (!serai.isBundle(api, name)) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
      }
      bundle.add((System.nanoTime() - began) / 1e6);
    }

    Answer post(Serai serai, Connection api, String name, byte[] body) throws IOException {
      long began = System.nanoTime();
      Answer answer = serai.deploy(api, name, body);
      double millis = (System.nanoTime() - began) / 1e6;
      if (answer.status() / 100 == 2) {
        JsonNode timings = JSON.readTree(answer.body()).path("timings");
        compile.add(timings.path("compileMs").asDouble());
        // A jar is read and not compiled: what it takes belongs to its way to being live.
        live.add(
            (name.endsWith("Jar") ? timings.path("compileMs").asDouble() : 0)
                + timings.path("installMs").asDouble()
                + timings.path("switchMs").asDouble()
                + timings.path("persistMs").asDouble());
        roundTrip.add(millis);
      }
      return answer;
    }

    List<Row> rows(String what, @Nullable Target p50, @Nullable Target p99) {
      List<Row> rows = new ArrayList<>();
      rows.add(
          new Row(
              NAME,
              what + ": bytes -> durable and serving, p50",
              p50,
              live.median(),
              "ms",
              live.size() + " samples, " + String.format("min %.2f", live.min())));
      rows.add(
          new Row(NAME, what + ": bytes -> durable and serving, p99", p99, live.p99(), "ms", ""));
      if (bundle.size() > 0) {
        rows.add(
            Row.of(NAME, what + ": answer -> is a bundle, p50", bundle.median(), "ms")
                .with(Target.below(10))
                .remark(String.format("p99 %.2f, seen by asking the API", bundle.p99())));
      }
      if (compile.median() > 0) {
        rows.add(
            Row.of(NAME, what + ": compilation, p50", compile.median(), "ms")
                .remark(String.format("p99 %.2f", compile.p99())));
      }
      rows.add(
          Row.of(NAME, what + ": HTTP round trip, p50", roundTrip.median(), "ms")
              .remark(String.format("p99 %.2f", roundTrip.p99())));
      return rows;
    }
  }
}
