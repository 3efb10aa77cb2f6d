package org.caravanserai.objects.internal.kind;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody who mistyped a name may have meant. */
public final class NearestName {

  private NearestName() {}

  /** The words {@code ; did you mean `x`?}, or nothing if no known name is near. */
  public static String hint(String name, Collection<String> known) {
    return find(name, known).map(near -> "; did you mean `" + near + "`?").orElse("");
  }

  private static Optional<String> find(String name, Collection<String> known) {
    int tolerated = Math.max(1, name.length() / 3);
    if (name.length() > 100) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= tolerated)
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The number of characters to insert, delete, exchange or swap with the next one. */
  static int distance(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(
                distance[i - 1][j - 1] + same,
                Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        distance[i][j] = swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
      }
    }
    return distance[a.length()][b.length()];
  }
}
