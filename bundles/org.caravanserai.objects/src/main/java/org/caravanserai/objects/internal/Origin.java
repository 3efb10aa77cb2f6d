package org.caravanserai.objects.internal;

/**
 * Where an object's configuration lies.
 *
 * @param path the file
 * @param isStore whether the file is one of the store's, and so the server's own
 */
record Origin(String path, boolean isStore) {

  /** A file of the user. */
  static Origin file(String path) {
    return new Origin(path, false);
  }

  /** A file of the store. */
  static Origin store(String path) {
    return new Origin(path, true);
  }

  /** As others are told: {@code store}, or {@code file:PATH}. */
  String told() {
    return isStore ? "store" : "file:" + path;
  }
}
