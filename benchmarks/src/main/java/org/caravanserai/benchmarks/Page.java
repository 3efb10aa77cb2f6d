package org.caravanserai.benchmarks;

import java.util.List;
import java.util.Locale;

/** The page {@code docs/benchmarks.md}. */
final class Page {

  private Page() {}

  static String of(Results results, List<Part> parts) {
    var text = new StringBuilder();
    text.append("# Benchmarks\n\n");
    text.append("Written by `benchmarks/run --docs`; how to run it: [`benchmarks/README.md`]")
        .append("(../benchmarks/README.md).\n\n");
    text.append("- Date: ").append(results.date()).append('\n');
    text.append("- Machine: ").append(results.machine()).append('\n');
    text.append("- Effort: ").append(results.effort().name().toLowerCase(Locale.ROOT));
    text.append(
        """


        The server and the load share this machine, so ratios to peers of the same run say more than any
        figure alone.

        """);
    text.append(new Table(results.rows()).markdown());
    text.append("\n## What is measured\n\n| part | |\n|---|---|\n");
    for (Part part : parts) {
      text.append("| `").append(part.name()).append("` | ").append(part.about()).append(" |\n");
    }
    return text.toString();
  }
}
