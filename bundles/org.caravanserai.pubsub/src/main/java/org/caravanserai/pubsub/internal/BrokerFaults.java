package org.caravanserai.pubsub.internal;

import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.BrokerException;

/** What callers are told of what the broker refuses. */
public final class BrokerFaults {

  private BrokerFaults() {}

  /**
   * The status and words: 404 unknown, 429 full (try again), 507 disk full, 413 too large, 400
   * makes no sense, 503 not available (try again).
   */
  public static ServiceException of(BrokerException failure) {
    String details = String.valueOf(failure.getMessage());
    return switch (failure.reason()) {
      case UNKNOWN -> new ServiceException(404, details, failure);
      case FULL -> new ServiceException(429, details, failure, 1);
      case DISK_FULL -> new ServiceException(507, details, failure);
      case TOO_LARGE -> new ServiceException(413, details, failure);
      case INVALID -> new ServiceException(400, details, failure);
      case UNAVAILABLE -> new ServiceException(503, details, failure, 1);
    };
  }
}
