package org.caravanserai.runtime;

import java.util.function.Consumer;
import org.caravanserai.spi.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** The one way in which a service is called, by whatever channel. */
@ProviderType
public interface Invoker {

  /**
   * Calls the service's current revision on the calling thread.
   *
   * @param slot the service's place
   * @param call what is asked
   * @param done gets the reply, exactly once: before this returns, or later on another thread if
   *     the service answers with a stage. A slot without a service answers with a failure of status
   *     503. Whoever gets it closes it when its caller has the last byte. Must not throw
   */
  void invoke(Slot slot, Call call, Consumer<Reply> done);

  /** A new correlation id: 128 random bits, in characters that need no escape anywhere. */
  String newCid();

  /**
   * Whoever uses connections without being a service, such as a route.
   *
   * @param cid the correlation id
   * @param atEnd takes what is to be closed when its work ends
   */
  Caller outsider(String cid, Consumer<AutoCloseable> atEnd);
}
