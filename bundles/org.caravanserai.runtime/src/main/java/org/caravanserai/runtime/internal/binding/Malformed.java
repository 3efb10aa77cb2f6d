package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** What keeps bytes from being a JSON document, in words meant for the caller. */
final class Malformed {

  private Malformed() {}

  /** The place and the fault. */
  static String words(StreamReadException failure, byte[] document) {
    String original = String.valueOf(failure.getOriginalMessage());
    JsonLocation location = failure.getLocation();
    String fault;
    if (failure instanceof JsonEOFException) {
      fault = "the document ends too early";
    } else if (failure instanceof TrailingText) {
      fault = original;
    } else if (original.startsWith("Duplicate")) {
      String pointer = failure.getProcessor().getParsingContext().pathAsPointer().toString();
      return pointer + ": occurs twice";
    } else if (original.startsWith("Invalid UTF-8")) {
      fault = "the document is not in UTF-8";
    } else {
      boolean telling = original.startsWith("Unexpected character");
      fault = "this is no JSON" + (telling ? unexpected(location, document) : "");
    }
    return place(location) + fault;
  }

  /** The limit that a document exceeds. */
  static String words(StreamConstraintsException failure) {
    String original = String.valueOf(failure.getOriginalMessage());
    String limit = limit(original);
    if (original.contains("depth")) {
      return "the document is nested deeper than " + limit;
    }
    String part = original.startsWith("Number") ? "a number" : "a name";
    return part + " in the document is longer than " + limit;
  }

  private static String limit(String message) {
    String before = "maximum allowed (";
    int start = message.indexOf(before) + before.length();
    int end = start;
    while (end < message.length() && Character.isDigit(message.charAt(end))) {
      end++;
    }
    return start < before.length() || end == start ? "allowed" : message.substring(start, end);
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
  }

  private static String unexpected(JsonLocation location, byte[] document) {
    long offset = location == null ? -1 : location.getByteOffset();
    if (offset < 0 || offset >= document.length) {
      return "";
    }
    char found = (char) document[(int) offset];
    return found > ' ' && found < 127 ? ", unexpected " + found : "";
  }
}
