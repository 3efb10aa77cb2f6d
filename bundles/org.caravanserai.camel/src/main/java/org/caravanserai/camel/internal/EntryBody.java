package org.caravanserai.camel.internal;

import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import javax.xml.transform.Source;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.caravanserai.runtime.Payload;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/** The bodies of messages, from what a call brings and to what it is answered with. */
public final class EntryBody {

  private EntryBody() {}

  /** Sets the body to what a call brings. */
  public static void set(Message message, Payload payload) {
    if (payload instanceof Payload.Document document) {
      message.setBody(document.content().length == 0 ? null : document.content());
    } else if (payload instanceof Payload.Stream stream) {
      message.setBody(stream.content());
    } else if (payload instanceof Payload.Value value) {
      message.setBody(value.object());
    }
  }

  /** What an exchange holds: an object, text, bytes, or a stream of what is in a file or in XML. */
  public static @Nullable Object of(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof StreamCache cache) {
      cache.reset();
    }
    if (body instanceof StreamCache
        || body instanceof WrappedFile<?>
        || body instanceof File
        || body instanceof Path
        || body instanceof Reader
        || body instanceof Source
        || body instanceof Node) {
      return body instanceof InputStream
          ? body
          : exchange.getContext().getTypeConverter().convertTo(InputStream.class, exchange, body);
    }
    return body;
  }
}
