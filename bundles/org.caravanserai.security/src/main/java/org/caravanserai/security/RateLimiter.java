package org.caravanserai.security;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Counts the requests to one object, and says when they are too many. */
@ProviderType
public interface RateLimiter extends AutoCloseable {

  /**
   * Counts a request; blocks on nothing.
   *
   * @param address the address of the caller
   * @return what is to become of it; {@code null} if nothing limits it
   */
  @Nullable RateDecision take(InetAddress address);

  /**
   * Goes on by other rules; rules that are the same keep their counters.
   *
   * @param rules the object's own, which come first
   * @param tier the quota tier whose rules come after them
   */
  void follow(List<RateRule> rules, Optional<String> tier);

  /** Limits nothing any more. */
  @Override
  void close();
}
