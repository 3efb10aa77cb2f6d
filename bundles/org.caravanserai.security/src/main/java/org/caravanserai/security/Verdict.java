package org.caravanserai.security;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is to become of a request. */
public sealed interface Verdict {

  /**
   * It may come in.
   *
   * @param user the name of the security definition whose credentials it has
   * @param limits what limits its rate, in the order in which they are asked
   */
  record Admitted(String user, List<RateLimiter> limits) implements Verdict {

    /** Keeps its own copy of the limits. */
    public Admitted {
      limits = List.copyOf(limits);
    }
  }

  /**
   * It may not.
   *
   * @param status the HTTP status: 401, or 503 if nobody can tell now
   * @param challenge the {@code WWW-Authenticate} header (RFC 9110, section 11.6.1); {@code null}
   *     for none
   * @param details why, in words for the caller
   */
  record Refused(int status, @Nullable String challenge, String details) implements Verdict {

    /** The refusal of who shows nothing that is asked for. */
    public static Refused unknown(@Nullable String challenge) {
      return new Refused(401, challenge, "the credentials are missing or wrong");
    }
  }

  /** It is not known yet, since another server has to be asked. */
  final class Pending implements Verdict {

    private final CompletionStage<Verdict> later;

    /**
     * A verdict to come.
     *
     * @param later it, and no pending one; must not fail
     */
    public Pending(CompletionStage<Verdict> later) {
      this.later = later;
    }

    /** Calls back with the verdict, now or later, on a thread that must not be held up. */
    public void whenKnown(Consumer<Verdict> next) {
      CompletionStage<Void> unused = later.thenAccept(next);
    }
  }
}
