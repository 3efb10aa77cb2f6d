package org.caravanserai.pubsub.internal.kind;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.caravanserai.pubsub.internal.kind.PubSubSubscription.PushType;
import org.caravanserai.spi.InvalidObjectException;

/** Whether the fields of a subscription go together. */
final class PushFields {

  private PushFields() {}

  /** Refuses what makes no sense. */
  static void check(PubSubSubscription object) throws InvalidObjectException {
    PushType type = object.pushTo().orElse(null);
    if (object.isPush() && type == null) {
      throw new InvalidObjectException("push_type", "missing: push needs rest, service or file");
    }
    if (!object.isPush() && type != null) {
      throw new InvalidObjectException("push_type", "makes no sense for pull");
    }
    target("push_rest_endpoint", object.pushRestEndpoint(), type == PushType.REST);
    target("push_service", object.pushService(), type == PushType.SERVICE);
    target("push_directory", object.pushDirectory(), type == PushType.FILE);
    if (object.pushDirectory().isPresent() && !isAbsolute(object.pushDirectory().get())) {
      throw new InvalidObjectException("push_directory", "expected an absolute path of a folder");
    }
    if (object.retryInterval().isNegative() || object.retryInterval().isZero()) {
      throw new InvalidObjectException("retry_interval", "must be longer than 0");
    }
    if (object.retryMaxInterval().compareTo(object.retryInterval()) < 0) {
      throw new InvalidObjectException(
          "retry_max_interval", "must not be shorter than retry_interval");
    }
    duration(object.maxRetryTime());
  }

  private static boolean isAbsolute(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static void target(String field, Optional<String> value, boolean wanted)
      throws InvalidObjectException {
    if (wanted && value.filter(text -> !text.isBlank()).isEmpty()) {
      throw new InvalidObjectException(field, "missing: this push_type needs it");
    }
    if (!wanted && value.isPresent()) {
      throw new InvalidObjectException(field, "makes no sense without its push_type");
    }
  }

  private static void duration(String text) throws InvalidObjectException {
    try {
      Duration time = RetryTime.parse(text);
      if (!time.isNegative() && !time.isZero()) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new InvalidObjectException(
        "max_retry_time", "expected a time such as 30d, 48h, 30m, 90s or PT12H; found " + text);
  }
}
