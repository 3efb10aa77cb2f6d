package org.caravanserai.pubsub.internal.desk;

import org.caravanserai.broker.BrokerException;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.DeskException.Reason;

/** What operators are told of what can't be done. */
final class Faults {

  private Faults() {}

  static DeskException noQueue(String name) {
    return new DeskException(Reason.UNKNOWN, "There is no queue " + name);
  }

  static DeskException noMessage(String queue, long number) {
    return new DeskException(
        Reason.UNKNOWN, "There is no message " + number + " in queue " + queue + " any more");
  }

  static DeskException of(BrokerException failure) {
    Reason reason =
        switch (failure.reason()) {
          case UNKNOWN -> Reason.UNKNOWN;
          case INVALID, TOO_LARGE -> Reason.INVALID;
          case FULL -> Reason.CONFLICT;
          case DISK_FULL, UNAVAILABLE -> Reason.UNAVAILABLE;
        };
    return new DeskException(reason, String.valueOf(failure.getMessage()));
  }
}
