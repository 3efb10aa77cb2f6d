package org.caravanserai.itests;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer while it arrives; an end before its end is an exception. */
final class AnswerBody extends InputStream {

  private final RawConnection connection;
  private final int status;
  private final boolean chunked;
  private long left;
  private boolean begun;
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param length how many bytes there are; negative if they come in chunks
   */
  AnswerBody(RawConnection connection, int status, long length) {
    this.connection = connection;
    this.status = status;
    this.chunked = length < 0;
    this.left = Math.max(0, length);
    this.ended = length == 0;
  }

  int status() {
    return status;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (chunked && left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = connection.in().read(into, from, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the connection ended inside an answer");
    }
    left -= count;
    ended = !chunked && left == 0;
    return count;
  }

  private void nextChunk() throws IOException {
    if (begun) {
      connection.line();
    }
    begun = true;
    left = Long.parseLong(connection.line(), 16);
    if (left == 0) {
      connection.line();
      ended = true;
    }
  }

  /** Reads a line, from a body that has one. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = read(); each != '\n'; each = read()) {
      if (each < 0) {
        throw new EOFException("the answer ended after: " + line);
      }
      line.append((char) each);
    }
    return line.toString();
  }
}
