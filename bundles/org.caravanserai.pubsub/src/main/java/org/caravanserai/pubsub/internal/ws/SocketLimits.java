package org.caravanserai.pubsub.internal.ws;

/**
 * How much one socket may have under way.
 *
 * @param maxRequests frames that wait for their answers
 * @param maxRequestBytes the bytes of these
 * @param maxTopics topics that are received from
 * @param maxInFlight messages of a topic that are not acknowledged
 * @param maxInFlightBytes the bytes of these, of all topics
 * @param maxBadFrames frames in a row that make no sense
 */
record SocketLimits(
    int maxRequests,
    long maxRequestBytes,
    int maxTopics,
    int maxInFlight,
    long maxInFlightBytes,
    int maxBadFrames) {

  /** As the settings say. */
  static SocketLimits of(SocketSettings settings) {
    return new SocketLimits(
        settings.max__requests(),
        settings.max__request__bytes(),
        settings.max__topics(),
        settings.max__in__flight(),
        settings.max__in__flight__bytes(),
        settings.max__bad__frames());
  }
}
