package org.caravanserai.http.internal;

import java.util.Locale;

/** The {@code Accept} header of a request (RFC 9110, section 12.5.1). */
final class Accept {

  /** The quality of what is liked best: {@code q=1.000}. */
  private static final int BEST = 1000;

  private static final int RANKS = 3;

  private Accept() {}

  /**
   * How well a media type suits a caller, to be compared with that of another: first by how much it
   * is liked, then by how exactly it was asked for; 0 if it is not liked at all.
   *
   * @param type as for {@link #quality}
   * @param header as for {@link #quality}
   */
  static int score(String type, String header) {
    int quality = quality(type, header);
    if (quality == 0 || header.isBlank()) {
      return quality * RANKS;
    }
    int rank = 0;
    for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      int semicolon = range.indexOf(';');
      String name = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
      rank = Math.max(rank, rank(type, name));
    }
    return quality * RANKS + (type.endsWith("/*") ? Math.min(rank, 1) : rank);
  }

  /**
   * How much a caller likes a media type: 0 not at all, 1000 best. The most specific range of the
   * header that fits decides; parameters of types are not looked at.
   *
   * @param type the media type in lower case; {@code *} may stand for the subtype or both
   * @param header the header's values, joined by commas; empty if there is none: all is liked
   */
  static int quality(String type, String header) {
    if (header.isBlank()) {
      return BEST;
    }
    int best = 0;
    int bestRank = -1;
    for (int start = 0; start <= header.length(); ) {
      int comma = header.indexOf(',', start);
      int end = comma < 0 ? header.length() : comma;
      String range = header.substring(start, end).toLowerCase(Locale.ROOT).strip();
      int semicolon = range.indexOf(';');
      int rank = rank(type, semicolon < 0 ? range : range.substring(0, semicolon).strip());
      int quality = rank < 0 || semicolon < 0 ? BEST : weight(range, semicolon);
      // A type that stands for many is liked as much as the best of what it stands for.
      boolean open = type.endsWith("*");
      if (rank >= 0 && (open ? quality > best : rank > bestRank)) {
        best = quality;
        bestRank = rank;
      }
      start = end + 1;
    }
    return best;
  }

  /** How closely a range fits a type: from 0 for any type on; -1 if it does not. */
  private static int rank(String type, String range) {
    if (range.equals("*/*") || range.equals("*") || type.equals("*/*")) {
      return range.isEmpty() ? -1 : 0;
    }
    int slash = range.indexOf('/');
    if (slash < 0 || !type.startsWith(range.substring(0, slash + 1))) {
      return -1;
    }
    String subtype = range.substring(slash + 1);
    if (subtype.equals("*")) {
      return 1;
    }
    return type.endsWith("/*") || type.substring(slash + 1).equals(subtype) ? 2 : -1;
  }

  private static int weight(String range, int semicolon) {
    int q = range.indexOf("q=", semicolon);
    if (q < 0) {
      return BEST;
    }
    int end = range.indexOf(';', q);
    String number = range.substring(q + 2, end < 0 ? range.length() : end).strip();
    int weight = 0;
    int unit = BEST;
    for (int i = 0; i < number.length() && unit > 0; i++) {
      char c = number.charAt(i);
      if (c == '.' && i == 1) {
        continue;
      }
      if (c < '0' || c > '9') {
        return BEST;
      }
      weight += (c - '0') * unit;
      unit /= 10;
    }
    return Math.min(weight, BEST);
  }
}
