package org.caravanserai.rest.internal.outgoing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that is read while it arrives. Who asks for no bytes does not wait for any: {@link
 * InputStream#readNBytes(int)} does so once it has what it wants, and Jetty's stream would block.
 */
final class ArrivingBody extends FilterInputStream {

  ArrivingBody(InputStream body) {
    super(body);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return length == 0 ? 0 : super.read(into, offset, length);
  }
}
