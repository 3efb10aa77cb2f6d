package org.caravanserai.rest.internal.outgoing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fields and files in one body: {@code multipart/form-data} (RFC 7578). */
final class Multipart {

  private final String boundary = "serai-" + UUID.randomUUID();
  private final List<Part> parts = new ArrayList<>();

  /**
   * One of them.
   *
   * @param head its headers, with the line that divides it from what is before
   * @param content bytes or a stream
   */
  private record Part(byte[] head, Object content) {}

  /**
   * Adds a part.
   *
   * @param fileName the name of the file; {@code null} for a field
   * @param type its {@code Content-Type}; {@code null} for none, which says text
   * @param content bytes or a stream
   */
  void add(String name, @Nullable String fileName, @Nullable String type, Object content) {
    StringBuilder head = new StringBuilder(parts.isEmpty() ? "--" : "\r\n--").append(boundary);
    head.append("\r\nContent-Disposition: form-data; name=\"").append(quoted(name)).append('"');
    if (fileName != null) {
      head.append("; filename=\"").append(quoted(fileName)).append('"');
    }
    if (type != null) {
      head.append("\r\nContent-Type: ").append(type);
    }
    head.append("\r\n\r\n");
    parts.add(new Part(head.toString().getBytes(StandardCharsets.UTF_8), content));
  }

  /** As browsers do it: HTML standard, section 4.10.22.7. */
  private static String quoted(String text) {
    return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Whether it can be sent once only. */
  boolean hasStream() {
    return parts.stream().anyMatch(part -> part.content() instanceof InputStream);
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** All of it: bytes, or a stream if one of the parts is. */
  Object body() {
    byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    if (!hasStream()) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (Part part : parts) {
        body.writeBytes(part.head());
        body.writeBytes((byte[]) part.content());
      }
      body.writeBytes(end);
      return body.toByteArray();
    }
    List<InputStream> streams = new ArrayList<>();
    for (Part part : parts) {
      streams.add(new ByteArrayInputStream(part.head()));
      streams.add(
          part.content() instanceof InputStream stream
              ? stream
              : new ByteArrayInputStream((byte[]) part.content()));
    }
    streams.add(new ByteArrayInputStream(end));
    return new SequenceInputStream(Collections.enumeration(streams));
  }
}
