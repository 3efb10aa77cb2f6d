package org.caravanserai.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.caravanserai.benchmarks.part.CachePart;
import org.caravanserai.benchmarks.part.DeployPart;
import org.caravanserai.benchmarks.part.LossPart;
import org.caravanserai.benchmarks.part.MemoryPart;
import org.caravanserai.benchmarks.part.ObjectsPart;
import org.caravanserai.benchmarks.part.PubSubCrowdPart;
import org.caravanserai.benchmarks.part.PubSubPart;
import org.caravanserai.benchmarks.part.RestPart;
import org.caravanserai.benchmarks.part.RestartPart;
import org.caravanserai.benchmarks.part.RouterPart;
import org.caravanserai.benchmarks.part.RoutesPart;
import org.caravanserai.benchmarks.part.SchedulerPart;
import org.caravanserai.benchmarks.part.SqlPart;
import org.caravanserai.benchmarks.part.ToolboxPart;

/** The command line: {@code benchmarks/run}. */
public final class Benchmarks {

  private static final List<Part> PARTS =
      List.of(
          new DeployPart(),
          new RoutesPart(),
          new MemoryPart(),
          new RestartPart(),
          new RestPart(),
          new LossPart(),
          new RouterPart(),
          new ObjectsPart(),
          new SqlPart(),
          new PubSubPart(),
          new PubSubCrowdPart(),
          new CachePart(),
          new SchedulerPart(),
          new ToolboxPart());

  private final Path project;
  private final PrintWriter terminal;
  private final List<Part> chosen = new ArrayList<>();
  private Effort effort = Effort.FULL;
  private boolean docs;
  private boolean measures = true;

  private Benchmarks(Path project, PrintWriter terminal) {
    this.project = project;
    this.terminal = terminal;
  }

  /** Runs: the project's root, then what the user typed. */
  public static void main(String[] arguments) throws IOException {
    var terminal = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var benchmarks = new Benchmarks(Path.of(arguments[0]), terminal);
    int status = benchmarks.run(List.of(arguments).subList(1, arguments.length));
    terminal.flush();
    System.exit(status);
  }

  private int run(List<String> words) throws IOException {
    for (String word : words) {
      if (!take(word)) {
        usage();
        return word.equals("--help") ? 0 : 2;
      }
    }
    Path json = project.resolve("benchmarks/target/results.json");
    Results results;
    boolean complete = true;
    if (measures) {
      List<Row> rows = measure();
      complete = rows.stream().noneMatch(row -> row.quantity().equals("failed"));
      String now = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
      results = new Results(now, effort, Machine.here(), rows);
      results.write(json);
    } else {
      results = Results.read(json);
    }
    terminal.println();
    terminal.print(new Table(results.rows()).plain());
    if (docs) {
      Files.writeString(project.resolve("docs/benchmarks.md"), Page.of(results, PARTS));
    }
    return complete ? 0 : 1;
  }

  private boolean take(String word) {
    switch (word) {
      case "--quick" -> effort = Effort.QUICK;
      case "--smoke" -> effort = Effort.SMOKE;
      case "--docs" -> docs = true;
      case "--last" -> measures = false;
      default -> {
        List<Part> named = PARTS.stream().filter(part -> part.name().equals(word)).toList();
        chosen.addAll(named);
        return !named.isEmpty();
      }
    }
    return true;
  }

  private void usage() {
    terminal.println(
        """
        benchmarks/run [--quick|--smoke] [--docs] [--last] [PART...]
          --quick   fewer samples: under 8 minutes instead of 25
          --smoke   only shows that each part works
          --docs    writes docs/benchmarks.md
          --last    measures nothing: shows the results of the last run
        Parts:\
        """);
    for (Part part : PARTS) {
      terminal.printf("  %-9s %s%n", part.name(), part.about());
    }
  }

  private List<Row> measure() throws IOException {
    Path work = Files.createTempDirectory("serai-benchmarks-");
    var bench = new Bench(effort, project, work, terminal);
    List<Row> rows = new ArrayList<>();
    try {
      for (Part part : chosen.isEmpty() ? PARTS : chosen) {
        long began = System.nanoTime();
        terminal.println(part.name());
        rows.addAll(measure(part, bench));
        bench.say(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + " s");
      }
    } finally {
      delete(work);
    }
    return rows;
  }

  private static List<Row> measure(Part part, Bench bench) {
    try {
      return part.run(bench);
    } catch (Exception | AssertionError failure) {
      bench.say("failed: " + failure);
      return List.of(Row.missing(part.name(), "failed", failure.toString()));
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (var walk = Files.walk(folder)) {
      paths = walk.collect(Collectors.toCollection(ArrayList::new));
    }
    for (int i = paths.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(paths.get(i));
    }
  }
}
