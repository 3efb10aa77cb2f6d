package org.caravanserai.runtime;

import java.io.InputStream;

/** An output as it goes over a wire. */
public sealed interface Rendered {

  /** There is nothing to say. */
  record Nothing() implements Rendered {}

  /**
   * A whole document.
   *
   * @param content the bytes
   * @param contentType what they are
   */
  record Bytes(byte[] content, String contentType) implements Rendered {}

  /**
   * A document that is read while it is sent; closing the {@link Reply} closes it.
   *
   * @param content the bytes
   * @param contentType what they are
   */
  record Stream(InputStream content, String contentType) implements Rendered {}
}
