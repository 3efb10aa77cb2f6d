package org.caravanserai.console.internal;

import java.util.Map;

/** The media types of the files of a web application, by their endings. */
final class MediaTypes {

  private static final String ANY = "application/octet-stream";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html;charset=utf-8"),
          Map.entry("js", "text/javascript;charset=utf-8"),
          Map.entry("css", "text/css;charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("txt", "text/plain;charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("webmanifest", "application/manifest+json"));

  private MediaTypes() {}

  /** The type of a file. */
  static String of(String path) {
    return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), ANY);
  }
}
