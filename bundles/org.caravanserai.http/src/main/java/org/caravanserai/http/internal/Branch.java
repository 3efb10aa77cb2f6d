package org.caravanserai.http.internal;

import java.util.Comparator;
import org.caravanserai.http.PathTemplate.Segment;

/**
 * A parameter between two slashes, with the text around it, and what comes after.
 *
 * @param prefix the text before it
 * @param suffix the text after it
 * @param spansSlashes whether it also stands for several segments
 * @param node what comes after
 */
record Branch(String prefix, String suffix, boolean spansSlashes, PathNode node) {

  /** The order in which branches are tried: the most text first, then the fewest segments. */
  static final Comparator<Branch> ORDER =
      Comparator.comparingInt((Branch branch) -> -branch.prefix.length() - branch.suffix.length())
          .thenComparingInt(branch -> -branch.prefix.length())
          .thenComparing(Branch::spansSlashes)
          .thenComparing(Branch::prefix)
          .thenComparing(Branch::suffix);

  /** Whether it matches a segment. */
  boolean matches(String path, int start, int end) {
    return end - start > prefix.length() + suffix.length()
        && path.startsWith(prefix, start)
        && path.startsWith(suffix, end - suffix.length());
  }

  /** Whether it stands for the same segments as another. */
  boolean isFor(Segment segment) {
    return prefix.equals(segment.prefix())
        && suffix.equals(segment.suffix())
        && spansSlashes == segment.spansSlashes();
  }
}
