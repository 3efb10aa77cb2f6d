package org.caravanserai.broker;

import java.util.Optional;

/**
 * A queue as it is.
 *
 * @param name its name
 * @param address where its messages come from; a pattern with {@code *} and {@code #} for one that
 *     a client of the network made with wildcards
 * @param owner the security definition whose it is, if any
 * @param filter which messages it takes, if not all
 * @param enabled whether it takes messages
 * @param depth how many messages are in it, those being worked on included
 * @param delivering how many are being worked on
 * @param consumers how many consume from it
 * @param added how many have come since the start
 * @param acknowledged how many have been acknowledged since the start
 * @param expired how many have expired since the start
 * @param oldestAt when the first one was published, in milliseconds since 1970; 0 if there is none
 */
public record QueueInfo(
    String name,
    String address,
    Optional<String> owner,
    Optional<String> filter,
    boolean enabled,
    long depth,
    long delivering,
    int consumers,
    long added,
    long acknowledged,
    long expired,
    long oldestAt) {}
