package org.caravanserai.cache.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large the program of a regular expression is, about, before it is made: a repetition with
 * numbers repeats what is before it, one around another multiplies. RE2/J itself has no limit.
 */
final class RegexSize {

  private final String text;
  private final Deque<Long> outer = new ArrayDeque<>();
  private int at;

  /** The size of the group so far, without the last item, to which a repetition belongs. */
  private long group;

  private long last;

  private RegexSize(String text) {
    this.text = text;
  }

  /** The size in instructions; of an expression that makes no sense, whatever. */
  static long of(String text) {
    RegexSize size = new RegexSize(text);
    while (size.at < text.length()) {
      size.next();
    }
    while (!size.outer.isEmpty()) {
      size.close();
    }
    return size.group + size.last;
  }

  private void next() {
    char c = text.charAt(at++);
    switch (c) {
      case '(' -> {
        outer.push(group + last);
        group = 1;
        last = 0;
      }
      case ')' -> close();
      case '[' -> {
        skipClass();
        item(1);
      }
      case '\\' -> escape();
      case '{' -> repeat();
      default -> item(1);
    }
  }

  private void item(long size) {
    group += last;
    last = size;
  }

  private void close() {
    if (!outer.isEmpty()) {
      long inside = group + last;
      group = outer.pop();
      last = inside;
    }
  }

  private void escape() {
    if (text.startsWith("Q", at)) {
      int end = text.indexOf("\\E", at);
      item(Math.max(1, (end < 0 ? text.length() : end) - at));
      at = end < 0 ? text.length() : end + 2;
      return;
    }
    skipEscaped();
    item(1);
  }

  /** What is escaped, with the braces of {@code \p{Greek}} and {@code \x{10FFFF}}. */
  private void skipEscaped() {
    char escaped = at < text.length() ? text.charAt(at++) : ' ';
    if ("pPx".indexOf(escaped) >= 0 && text.startsWith("{", at)) {
      int end = text.indexOf('}', at);
      at = end < 0 ? text.length() : end + 1;
    }
  }

  private void skipClass() {
    at += text.startsWith("^", at) ? 1 : 0;
    boolean isFirst = true;
    while (at < text.length() && (isFirst || text.charAt(at) != ']')) {
      isFirst = false;
      int named = text.startsWith("[:", at) ? text.indexOf(":]", at + 2) : -1;
      if (named >= 0) {
        at = named + 2;
      } else if (text.charAt(at++) == '\\') {
        skipEscaped();
      }
    }
    at++;
  }

  private void repeat() {
    int end = text.indexOf('}', at);
    long most = end < 0 ? 0 : most(text.substring(at, end));
    if (most == 0) {
      item(1);
      return;
    }
    at = end + 1;
    last *= most;
  }

  /** The larger number of a repetition; 0 if it is none, 1 at least. */
  private static long most(String numbers) {
    long most = 1;
    long number = 0;
    for (int i = 0; i < numbers.length(); i++) {
      char c = numbers.charAt(i);
      if (c == ',') {
        number = 0;
      } else if (c >= '0' && c <= '9') {
        number = Math.min(number * 10 + (c - '0'), Integer.MAX_VALUE);
      } else {
        return 0;
      }
      most = Math.max(most, number);
    }
    return most;
  }
}
