package org.caravanserai.pubsub.internal.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.caravanserai.pubsub.internal.MessageIds;
import org.caravanserai.pubsub.internal.Utf8;

/** A file as a message: its name is the property {@code file_name}. */
final class FileMessage {

  private static final Set<String> TEXTS =
      Set.of("application/xml", "application/yaml", "application/json");
  private static final int DEDUP_BYTES = 20;

  private FileMessage() {}

  /**
   * Reads a file. The same file that has not changed is the same message, so that it is taken once
   * even if the server dies between the broker's word and the file's move.
   *
   * @param topic what it is published to
   * @param definition who publishes it
   * @param cid the correlation id
   */
  static Message read(Path file, String topic, String definition, String cid) throws IOException {
    String dedupId = dedupId(file);
    byte[] data = Files.readAllBytes(file);
    String name = file.getFileName().toString();
    Optional<String> type = FileTypes.typeOf(name);
    return Message.of(MessageIds.next(), topic, data, format(type.orElse(""), data))
        .contentType(type)
        .publisher(Optional.of(definition))
        .cid(cid)
        .dedupId(Optional.of(dedupId))
        .properties(Map.of("file_name", name))
        .build();
  }

  private static Format format(String type, byte[] data) {
    boolean isText = (type.startsWith("text/") || TEXTS.contains(type)) && Utf8.isValid(data);
    if (!isText) {
      return Format.BYTES;
    }
    return type.equals("application/json") ? Format.JSON : Format.TEXT;
  }

  private static String dedupId(Path file) throws IOException {
    String what =
        file.toAbsolutePath() + "\n" + Files.size(file) + "\n" + Files.getLastModifiedTime(file);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
      return "file." + HexFormat.of().formatHex(Arrays.copyOf(hash, DEDUP_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
