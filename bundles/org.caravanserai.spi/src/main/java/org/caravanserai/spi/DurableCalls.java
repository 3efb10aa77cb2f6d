package org.caravanserai.spi;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Stores calls of services that are made as soon as possible, however long that takes and whatever
 * ends meanwhile.
 *
 * <p>Register it as an OSGi service, of which there is one at most.
 */
@ConsumerType
public interface DurableCalls {

  /**
   * A call.
   *
   * @param service the service's name
   * @param data its input; nobody changes it any more
   * @param format what it is
   */
  record Target(String service, byte[] data, MessageBroker.Format format) {}

  /**
   * What the services see as the kind of their channel.
   *
   * @param call those that are called
   * @param onTarget those that are told of each
   * @param onFinal those that are told of all
   */
  record Kinds(String call, String onTarget, String onFinal) {}

  /**
   * Calls that belong together.
   *
   * @param id their id, which callbacks see as {@code in_reply_to}
   * @param cid the correlation id
   * @param source the service that makes them
   * @param user the name of the security definition that let its caller in, if any
   * @param kinds what they are
   * @param targets the calls, at least one
   * @param onTarget services that are told of each call when it has ended
   * @param onFinal services that are told once all have ended
   * @param maxAttempts how often each is tried at most; 0 for as often as the server tries
   */
  record Batch(
      String id,
      String cid,
      String source,
      Optional<String> user,
      Kinds kinds,
      List<Target> targets,
      List<String> onTarget,
      List<String> onFinal,
      int maxAttempts) {}

  /**
   * Stores calls, all of them or none; waits for nothing but, when a service is called so for the
   * first time, its queue.
   *
   * @param stored told what became of them, with the id of the batch; also where they are refused;
   *     on any thread
   */
  void store(Batch calls, MessageBroker.Published stored);
}
