package org.caravanserai.http.internal;

import java.util.Comparator;

/**
 * A parameter between two slashes, with the text around it, and what comes after.
 *
 * @param prefix the text before it
 * @param suffix the text after it
 * @param node what comes after
 */
record Branch(String prefix, String suffix, PathNode node) {

  /** The order in which branches are tried: the most text first. */
  static final Comparator<Branch> ORDER =
      Comparator.comparingInt((Branch branch) -> -branch.prefix.length() - branch.suffix.length())
          .thenComparingInt(branch -> -branch.prefix.length())
          .thenComparing(Branch::prefix)
          .thenComparing(Branch::suffix);

  /** Whether it matches a segment. */
  boolean matches(String path, int start, int end) {
    return end - start > prefix.length() + suffix.length()
        && path.startsWith(prefix, start)
        && path.startsWith(suffix, end - suffix.length());
  }

  /** Whether it stands for the same segments as another. */
  boolean sameText(String otherPrefix, String otherSuffix) {
    return prefix.equals(otherPrefix) && suffix.equals(otherSuffix);
  }
}
