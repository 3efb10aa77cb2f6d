package org.caravanserai.http.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.caravanserai.http.TrafficRoute;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** The routes at one path and method, which differ in what they answer. Immutable. */
final class Variants {

  /** No routes. */
  static final Variants NONE = new Variants(List.of());

  private final List<Match> matches;

  /** The only route, if it answers whatever callers accept: nobody need be asked. */
  private final @Nullable Match plain;

  private Variants(List<Match> matches) {
    this.matches = matches;
    Match only = matches.size() == 1 ? matches.get(0) : null;
    this.plain =
        only != null && only.route().accept().equals(TrafficRoute.ANY_TYPE)
            ? new Match(only.route(), Map.of(), false)
            : null;
  }

  /**
   * The route that the caller likes best; of those that it likes the same, one for any type goes
   * before the others, which go by their type's name.
   */
  @Nullable Match find(HttpFields headers) {
    return plain == null ? preferred(headers) : plain;
  }

  private @Nullable Match preferred(HttpFields headers) {
    String accept = String.join(",", headers.getValuesList(HttpHeader.ACCEPT));
    Match best = null;
    int bestScore = 0;
    for (Match match : matches) {
      int score = Accept.score(match.route().accept(), accept);
      if (score > bestScore) {
        best = match;
        bestScore = score;
      }
    }
    return best;
  }

  /** The route for a media type; {@code null} if there is none. */
  @Nullable TrafficRoute taking(String accept) {
    for (Match match : matches) {
      if (match.route().accept().equals(accept)) {
        return match.route();
      }
    }
    return null;
  }

  boolean isEmpty() {
    return matches.isEmpty();
  }

  Variants with(TrafficRoute route) {
    List<Match> next = new ArrayList<>(matches);
    next.add(new Match(route, Map.of(), true));
    next.sort(Comparator.comparing((Match match) -> match.route().accept()));
    return new Variants(List.copyOf(next));
  }

  Variants without(TrafficRoute route) {
    return new Variants(matches.stream().filter(match -> !match.route().equals(route)).toList());
  }
}
