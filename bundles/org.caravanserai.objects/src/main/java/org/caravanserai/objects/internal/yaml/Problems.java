package org.caravanserai.objects.internal.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.caravanserai.spi.Diagnostic;

/** Collects what is wrong in one file, and in those that it includes. */
public final class Problems {

  private final String file;
  private final List<String> files;
  private final List<Diagnostic> found;

  /**
   * Starts with none.
   *
   * @param file the file's name, as its author knows it
   */
  public Problems(String file) {
    this(file, new ArrayList<>(), new ArrayList<>());
  }

  private Problems(String file, List<String> files, List<Diagnostic> found) {
    this.file = file;
    this.files = files;
    this.found = found;
    files.add(file);
  }

  /** Collects what is wrong in another file that belongs to this one. */
  public Problems in(String other) {
    return new Problems(other, files, found);
  }

  /** The file's name, as its author knows it. */
  public String file() {
    return file;
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

  /** All that is wrong, file by file, from the top of each to its end. */
  public List<Diagnostic> list() {
    return found.stream()
        .sorted(
            Comparator.<Diagnostic>comparingInt(each -> files.indexOf(each.file()))
                .thenComparingInt(Diagnostic::line)
                .thenComparingInt(Diagnostic::column))
        .toList();
  }
}
