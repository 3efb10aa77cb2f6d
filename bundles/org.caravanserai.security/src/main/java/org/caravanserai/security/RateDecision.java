package org.caravanserai.security;

/**
 * What a rate limit says of a request. Its texts are for the headers of
 * draft-ietf-httpapi-ratelimit-headers.
 *
 * @param outcome what is to become of the request
 * @param owner whose limit it is: {@code security}, {@code group} or {@code channel}
 * @param policy the item of {@code RateLimit-Policy}; empty if the request is disallowed
 * @param limit how many requests the limit lets in
 * @param remaining how many of them are left
 * @param resetSeconds in how many seconds there will be more
 */
public record RateDecision(
    Outcome outcome, String owner, String policy, long limit, long remaining, long resetSeconds) {

  /** What becomes of a request. */
  public enum Outcome {
    /** It goes on. */
    ALLOWED,
    /** It is one too many. */
    LIMITED,
    /** Nobody may come from there at this time. */
    DISALLOWED
  }

  /** The item of the header {@code RateLimit}. */
  public String status() {
    return "\"" + owner + "\";r=" + remaining + ";t=" + resetSeconds;
  }
}
