package org.caravanserai.rest.internal.outgoing;

import org.caravanserai.rest.Rest;
import org.caravanserai.rest.RestRequest;
import org.caravanserai.spi.Caller;

/**
 * A connection as one caller uses it.
 *
 * @param connection the connection
 * @param caller who uses it
 */
record BoundRest(LiveOutgoingRest connection, Caller caller) implements Rest {

  @Override
  public RestRequest request(String method) {
    return new BoundRequest(connection, caller, method);
  }
}
