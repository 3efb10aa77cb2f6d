package org.caravanserai.benchmarks;

import java.util.List;

/** One thing to measure. */
public interface Part {

  /** Its name on the command line. */
  String name();

  /** What it does, in one sentence of the docs. */
  String about();

  /**
   * Measures.
   *
   * @throws Exception if it can't; the other parts run all the same
   */
  List<Row> run(Bench bench) throws Exception;
}
