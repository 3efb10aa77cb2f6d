package org.caravanserai.security;

import org.osgi.annotation.versioning.ProviderType;

/** The rate limits of the server. */
@ProviderType
public interface RateLimits {

  /**
   * A limiter without rules.
   *
   * @param kind the kind of the object whose requests it counts
   * @param name the object's name
   * @param owner what callers are told of whose limit it is, such as {@code channel}
   */
  RateLimiter open(String kind, String name, String owner);

  /**
   * Sets the counters of an object to zero.
   *
   * @return whether it has any
   */
  boolean clear(String kind, String name);

  /**
   * Checks rules beyond what their fields say.
   *
   * @param field the name of the field that holds them
   * @throws org.caravanserai.spi.InvalidObjectException if they make no sense
   */
  void validate(String field, java.util.List<RateRule> rules)
      throws org.caravanserai.spi.InvalidObjectException;
}
