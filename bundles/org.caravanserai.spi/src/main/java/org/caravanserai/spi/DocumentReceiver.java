package org.caravanserai.spi;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a {@link LiveConnection} is as well if documents can be sent through it by those who know
 * nothing of its technology.
 */
@ConsumerType
public interface DocumentReceiver {

  /**
   * Sends a document. Blocks on nothing.
   *
   * @param caller who sends it, and how long he waits
   * @param contentType what it is, such as {@code application/json}
   * @param document the bytes; nobody changes them any more
   * @return completes, on any thread, once the other system has taken it; fails with a {@code
   *     ServiceException} if it has not, whose words are fit for operators
   */
  CompletionStage<?> send(Caller caller, String contentType, byte[] document);
}
