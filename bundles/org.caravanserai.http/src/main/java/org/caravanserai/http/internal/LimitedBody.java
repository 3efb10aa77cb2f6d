package org.caravanserai.http.internal;

import java.io.IOException;
import java.io.InputStream;
import org.caravanserai.api.ServiceException;

/** A body as a stream that ends in a failure when it becomes too large. */
final class LimitedBody extends InputStream {

  private final InputStream body;
  private final long limit;
  private long length;
  private volatile boolean complete;

  LimitedBody(InputStream body, long limit) {
    this.body = body;
    this.limit = limit;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) {
    int read;
    try {
      read = body.read(bytes, offset, count);
    } catch (IOException e) {
      throw BodyFailure.of(e);
    }
    if (read < 0) {
      complete = true;
    } else {
      length += read;
      if (length > limit) {
        throw new ServiceException(413, BodyFailure.tooLarge(limit));
      }
    }
    return read;
  }

  /** Whether its end has been read. */
  boolean isComplete() {
    return complete;
  }

  @Override
  public int available() throws IOException {
    return body.available();
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
