package org.caravanserai.api;

import java.util.Optional;

/**
 * The way by which a call came in.
 *
 * @param kind the kind of the channel as configuration spells it, such as {@code channel_rest};
 *     {@code invoke} for a call by another service, {@code api} for one by the admin API or the
 *     shell
 * @param name the name of the channel; of the calling service for {@code invoke}
 * @param user the name of the security definition that let the caller in, if any
 */
public record Channel(String kind, String name, Optional<String> user) {}
