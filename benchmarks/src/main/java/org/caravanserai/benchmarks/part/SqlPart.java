package org.caravanserai.benchmarks.part;

import java.util.List;
import org.caravanserai.benchmarks.Bench;
import org.caravanserai.benchmarks.Figures;
import org.caravanserai.benchmarks.Jmh;
import org.caravanserai.benchmarks.Part;
import org.caravanserai.benchmarks.Row;
import org.caravanserai.benchmarks.Target;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.sql.internal.SqlBenchmark;

/** What the facade for databases costs a query. */
public final class SqlPart implements Part {

  private static final String NAME = "sql";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "JMH: a row by its key into a record, on PostgreSQL on the same machine, through the"
        + " facade `Sql` and by plain JDBC on HikariCP, one thread, rounds interleaved";
  }

  @Override
  public List<Row> run(Bench bench) throws Exception {
    var facade = new Samples();
    var plain = new Samples();
    var ratios = new Samples();
    int rounds = bench.effort().pick(3, 2, 1);
    for (int round = 1; round <= rounds; round++) {
      bench.say("round " + round + " of " + rounds);
      double ours = Jmh.nanos(bench, SqlBenchmark.class, "facade", 1);
      double theirs = Jmh.nanos(bench, SqlBenchmark.class, "plain", 1);
      facade.add(ours / 1e3);
      plain.add(theirs / 1e3);
      ratios.add(ours / theirs);
    }
    return List.of(
        Row.of(NAME, "a query through the facade", facade.median(), "us")
            .remark("plain JDBC on HikariCP " + Figures.text(plain.median(), "us")),
        Row.of(NAME, "facade / plain JDBC", ratios.median(), "x").with(Target.atMost(1.1)));
  }
}
