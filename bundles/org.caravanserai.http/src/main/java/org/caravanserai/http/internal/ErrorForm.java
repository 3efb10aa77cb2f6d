package org.caravanserai.http.internal;

import org.eclipse.jetty.http.HttpStatus;

/** How errors are told. */
enum ErrorForm {
  /** As most channels do. */
  JSON,
  /** As channels whose documents are XML do. */
  XML,
  /** As publish/subscribe does. */
  PUB_SUB;

  /** What such a document is. */
  String contentType() {
    return this == XML ? ErrorDocument.XML : ErrorDocument.CONTENT_TYPE;
  }

  /** The document. */
  byte[] content(int status, String cid, String details) {
    return switch (this) {
      case JSON -> ErrorDocument.of(cid, details);
      case XML -> ErrorDocument.xml(cid, details);
      case PUB_SUB ->
          ErrorDocument.pubSub(status + " " + HttpStatus.getMessage(status), cid, details);
    };
  }
}
