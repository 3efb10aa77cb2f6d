package org.caravanserai.cache.internal;

/**
 * An object as JSON in UTF-8.
 *
 * @param document it; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record JsonText(byte[] document) {

  /** Without what is in it. */
  @Override
  public String toString() {
    return "JsonText[" + document.length + "]";
  }
}
