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
      fault = "this is no JSON" + unexpected(location, document);
    }
    return place(location) + fault;
  }

  /** The limit that a document exceeds. */
  static String words(StreamConstraintsException failure) {
    String original = String.valueOf(failure.getOriginalMessage());
    String fault = "a part of the document is too large";
    if (original.contains("depth")) {
      fault = "the document is nested too deeply";
    } else if (original.contains("Number")) {
      fault = "the number is too long";
    } else if (original.contains("Name")) {
      fault = "the name is too long";
    }
    return place(failure.getLocation()) + fault;
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
