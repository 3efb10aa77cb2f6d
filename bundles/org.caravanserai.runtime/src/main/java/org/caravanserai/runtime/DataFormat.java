package org.caravanserai.runtime;

/** The format of a document that goes in or out. */
public enum DataFormat {
  /** JSON (RFC 8259) in UTF-8. */
  JSON("application/json"),
  /**
   * {@code application/x-www-form-urlencoded} (WHATWG URL Standard, section 5) in UTF-8; answers
   * are JSON.
   */
  FORM("application/json"),
  /**
   * XML 1.0 without a document type definition. The root's name means nothing; attributes and
   * elements are members, repeated elements a list; text becomes what the service takes.
   */
  XML("application/xml"),
  /**
   * Comma-separated values (RFC 4180) in UTF-8, the first line names the columns: a list of records
   * of text, which becomes what the service takes.
   */
  CSV("text/csv"),
  /**
   * Bytes of which the platform knows nothing; what is neither text, bytes nor a stream is written
   * as JSON.
   */
  RAW("application/octet-stream");

  private final String contentType;

  DataFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The content type of an answer in this format; text in {@link #RAW} is {@code text/plain}. */
  public String contentType() {
    return contentType;
  }
}
