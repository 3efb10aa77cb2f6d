package org.caravanserai.runtime;

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
 */
public record Call(String cid, Channel channel, Payload payload, @Nullable Http http) {}
