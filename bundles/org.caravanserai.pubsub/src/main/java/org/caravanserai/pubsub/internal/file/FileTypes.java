package org.caravanserai.pubsub.internal.file;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravanserai.broker.Message;

/** Which media type goes with which extension of a file's name, and back. */
public final class FileTypes {

  private static final Map<String, String> TYPES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("json", "application/json"),
              Map.entry("xml", "application/xml"),
              Map.entry("csv", "text/csv"),
              Map.entry("txt", "text/plain"),
              Map.entry("html", "text/html"),
              Map.entry("htm", "text/html"),
              Map.entry("yaml", "application/yaml"),
              Map.entry("yml", "application/yaml"),
              Map.entry("hl7", "application/hl7-v2"),
              Map.entry("edi", "application/edifact"),
              Map.entry("pdf", "application/pdf"),
              Map.entry("zip", "application/zip"),
              Map.entry("gz", "application/gzip"),
              Map.entry("png", "image/png"),
              Map.entry("jpg", "image/jpeg"),
              Map.entry("jpeg", "image/jpeg"),
              Map.entry("gif", "image/gif"),
              Map.entry("tif", "image/tiff"),
              Map.entry("dcm", "application/dicom"),
              Map.entry("bin", "application/octet-stream")));

  private FileTypes() {}

  /** The media type of a file, by its name; empty if that says nothing. */
  public static Optional<String> typeOf(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.ofNullable(TYPES.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  /** The extension of a message's file, without the dot: by its media type, else its format. */
  public static String extension(Message message) {
    return message
        .contentType()
        .flatMap(FileTypes::extensionOf)
        .orElse(
            switch (message.format()) {
              case JSON -> "json";
              case TEXT -> "txt";
              case BYTES -> "bin";
            });
  }

  private static Optional<String> extensionOf(String contentType) {
    int end = contentType.indexOf(';');
    String plain =
        (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    if (plain.endsWith("+json")) {
      return Optional.of("json");
    }
    if (plain.endsWith("+xml") || plain.equals("text/xml")) {
      return Optional.of("xml");
    }
    return switch (plain) {
      // Of several extensions the usual one.
      case "image/jpeg" -> Optional.of("jpg");
      case "text/html" -> Optional.of("html");
      case "application/yaml" -> Optional.of("yaml");
      default ->
          TYPES.entrySet().stream()
              .filter(each -> each.getValue().equals(plain))
              .map(Map.Entry::getKey)
              .findFirst();
    };
  }
}
