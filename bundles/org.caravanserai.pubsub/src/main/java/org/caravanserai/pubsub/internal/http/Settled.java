package org.caravanserai.pubsub.internal.http;

import java.util.List;

/**
 * What became of messages that were acknowledged or given back.
 *
 * @param count how many were held
 * @param unknown the ids of those that were not: their lease had ended, they had been acknowledged
 *     before, or never been fetched
 */
record Settled(int count, List<String> unknown) {}
