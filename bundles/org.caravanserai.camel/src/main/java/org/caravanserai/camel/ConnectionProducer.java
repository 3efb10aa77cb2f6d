package org.caravanserai.camel;

import java.util.Map;
import org.apache.camel.Exchange;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How routes use the connections of one kind: what {@code connection:KIND/NAME} does with an
 * exchange.
 *
 * <p>Register it as an OSGi service.
 *
 * @param <F> what services see of a connection
 */
@ConsumerType
public interface ConnectionProducer<F> {

  /** The kind, such as {@code sql}. */
  String kind();

  /** What services see of a connection of that kind. */
  Class<F> facade();

  /**
   * Sends what an exchange holds, and puts what comes back into its message.
   *
   * @param connection the connection, whose streams are closed when the exchange ends
   * @param exchange the exchange
   * @param options the parameters of the endpoint's URI
   * @throws Exception if that fails; the exchange fails with it
   */
  void process(F connection, Exchange exchange, Map<String, Object> options) throws Exception;
}
