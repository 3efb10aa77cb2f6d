package org.caravanserai.rest.internal.outgoing;

import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/**
 * A request that is ready to be sent.
 *
 * @param method the HTTP method
 * @param uri where to
 * @param headers its headers
 * @param body bytes or a stream; {@code null} for none
 * @param contentType what the body is
 * @param repeatable whether it may be sent twice
 * @param timeoutNanos how long an attempt may take
 * @param streams whether the answer's body is read while it arrives
 */
record Message(
    String method,
    URI uri,
    Map<String, String> headers,
    @Nullable Object body,
    String contentType,
    boolean repeatable,
    long timeoutNanos,
    boolean streams) {

  private static final int STREAM_BUFFER = 16 * 1024;

  Request.@Nullable Content content(ByteBufferPool buffers) {
    if (body instanceof InputStream stream) {
      return new InputStreamRequestContent(
          contentType, stream, new ByteBufferPool.Sized(buffers, false, STREAM_BUFFER));
    }
    return body instanceof byte[] bytes ? new BytesRequestContent(contentType, bytes) : null;
  }

  /** Whether it is we who ask for a compressed answer, and nobody who wants to read it so. */
  boolean decodes() {
    return Compression.ACCEPTED.equals(headers.get("Accept-Encoding"));
  }

  boolean isStream() {
    return body instanceof InputStream;
  }

  /** Without the query, which may hold what is nobody's business. */
  @Override
  public String toString() {
    String text = uri.toString();
    int query = text.indexOf('?');
    return method + " " + (query < 0 ? text : text.substring(0, query));
  }
}
