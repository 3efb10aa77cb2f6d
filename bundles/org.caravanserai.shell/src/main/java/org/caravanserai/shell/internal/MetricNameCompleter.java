package org.caravanserai.shell.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.metrics.Metrics;

/** Completes the names of metrics. */
@Service
public final class MetricNameCompleter implements Completer {

  @Reference private Metrics metrics;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    try {
      List<String> names =
          MetricText.of(metrics)
              .filter(line -> line.startsWith("# TYPE "))
              .map(MetricText::name)
              .toList();
      return new StringsCompleter(names).complete(session, commandLine, candidates);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
