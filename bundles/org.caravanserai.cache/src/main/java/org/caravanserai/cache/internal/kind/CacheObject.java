package org.caravanserai.cache.internal.kind;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * A cache.
 *
 * @param name its name
 * @param isActive whether it is there
 * @param isDefault whether services get it who name none
 * @param maxSize how many values it has at most
 * @param maxItemSize how large a value may be
 * @param extendExpiryOnGet whether reading a value begins its time anew
 * @param extendExpiryOnSet whether another value of a key begins its time anew
 * @param expiry how long values are kept for which nobody says
 * @param description what it is for
 * @param security who may use it from outside
 * @param redis what has its values
 */
public record CacheObject(
    @Field(help = "How services and callers name it.", max = 200) String name,
    @Field(
            help = "Whether it is there; while not, it forgets all that is in memory.",
            defaultValue = "true")
        boolean isActive,
    @Field(
            help = "Whether services get it that name none; else that is the cache default.",
            defaultValue = "false")
        boolean isDefault,
    @Field(
            help =
                "How many values it has at most, then the least used go; 10000 if absent, and not"
                    + " with redis.",
            min = 1,
            max = 100_000_000)
        Optional<Long> maxSize,
    @Field(
            help = "How large a value may be, in characters.",
            defaultValue = "10000",
            min = 1,
            max = 1_000_000_000)
        int maxItemSize,
    @Field(help = "Whether reading a value begins its time anew.", defaultValue = "false")
        boolean extendExpiryOnGet,
    @Field(
            help = "Whether a value that is set again, without a time of its own, begins it anew.",
            defaultValue = "true")
        boolean extendExpiryOnSet,
    @Field(
            help = "How long values are kept for which nobody says, in seconds; absent for ever.",
            min = 1,
            max = 3_153_600_000L)
        Optional<Duration> expiry,
    @Field(help = "What it is for.") Optional<String> description,
    @Field(
            help =
                "The security definitions that may use it by /cache on the traffic port; absent for"
                    + " nobody.",
            reference = "security",
            defaultValue = "[]")
        List<String> security,
    @Field(help = "A Redis that has its values, so that servers share them; absent for memory.")
        Optional<Redis> redis) {

  /**
   * A Redis.
   *
   * @param url where it is
   * @param username the user
   * @param password the user's password
   * @param timeout how long an answer may take
   * @param poolSize how many connections there may be at a time
   * @param sslCaFile the certificates that vouch for it
   */
  public record Redis(
      @Field(help = "Where it is: redis://host:6379/0, or rediss:// for TLS; 0 is the database.")
          String url,
      @Field(help = "The user; the one called default if absent.") Optional<String> username,
      @Field(help = "The user's password.", secret = true) Optional<String> password,
      @Field(help = "How long it may take to connect and to answer.", defaultValue = "2", max = 60)
          Duration timeout,
      @Field(
              help = "How many connections there may be at a time.",
              defaultValue = "10",
              min = 1,
              max = 1_000)
          int poolSize,
      @Field(help = "A file of PEM certificates that vouch for it; Java's own if absent.")
          Optional<String> sslCaFile) {

    /** Without the password, and the URL, which may hold one. */
    @Override
    public String toString() {
      return "Redis[username=%s]".formatted(username.orElse(""));
    }
  }
}
