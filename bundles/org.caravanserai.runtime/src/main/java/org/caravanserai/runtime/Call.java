package org.caravanserai.runtime;

import java.util.Map;
import org.caravanserai.api.Channel;
import org.caravanserai.api.Http;
import org.jspecify.annotations.Nullable;

/**
 * One call of a service, as a channel puts it.
 *
 * @param cid the correlation id
 * @param channel the way by which it came in
 * @param payload the input
 * @param http its HTTP side, if it has one
 * @param headers the headers of the message that brought it, by names that are found in any case;
 *     nobody changes them any more. Those of HTTP are on its HTTP side
 */
public record Call(
    String cid,
    Channel channel,
    Payload payload,
    @Nullable Http http,
    Map<String, Object> headers) {

  /** A call without headers beside its HTTP side. */
  public Call(String cid, Channel channel, Payload payload, @Nullable Http http) {
    this(cid, channel, payload, http, Map.of());
  }
}
