package org.caravanserai.objects.internal.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.caravanserai.spi.Diagnostic;

/** Collects what is wrong in one file. */
public final class Problems {

  private final String file;
  private final List<Diagnostic> found = new ArrayList<>();

  /**
   * Starts with none.
   *
   * @param file the file's name, as its author knows it
   */
  public Problems(String file) {
    this.file = file;
  }

  /** Something for which the file is refused. */
  public void error(Place place, String message) {
    found.add(Diagnostic.error(file, place.line(), place.column(), message));
  }

  /** Something for which the file is not refused. */
  public void warning(Place place, String message) {
    found.add(
        new Diagnostic(file, place.line(), place.column(), Diagnostic.Severity.WARNING, message));
  }

  /** How many errors there are so far. */
  public long errors() {
    return found.stream().filter(d -> d.severity() == Diagnostic.Severity.ERROR).count();
  }

  /** All that is wrong, from the top of the file to its end. */
  public List<Diagnostic> list() {
    return found.stream()
        .sorted(Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column))
        .toList();
  }
}
