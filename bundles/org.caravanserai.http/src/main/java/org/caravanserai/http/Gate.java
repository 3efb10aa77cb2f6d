package org.caravanserai.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.http.internal.RateHeaders;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.RateDecision;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.security.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before a channel: who are you, and are you too many? */
public final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Channel channel;
  private final Authenticator[] authenticators;
  private final RateLimiter limits;
  private final String target;

  /**
   * The gate of a channel.
   *
   * @param channel the channel, as services see it when nobody in particular calls
   * @param authenticators any of which lets a caller in; none for everybody
   * @param limits what limits the channel
   */
  public Gate(Channel channel, List<Authenticator> authenticators, RateLimiter limits) {
    this.channel = channel;
    this.authenticators = authenticators.toArray(Authenticator[]::new);
    this.limits = limits;
    this.target = channel.kind() + "/" + channel.name();
  }

  /**
   * What lets callers in, any of it.
   *
   * @param definition the name of a security definition
   * @param groups the names of groups of them
   */
  public static List<Authenticator> authenticators(
      SecurityDefinitions security, Optional<String> definition, List<String> groups) {
    List<Authenticator> all = new ArrayList<>();
    definition.ifPresent(name -> all.add(security.authenticator(name)));
    groups.forEach(name -> all.add(security.group(name)));
    return all;
  }

  /**
   * Lets a request through, or answers it. Blocks on nothing.
   *
   * @param inside gets it, with the channel as services see it; now, or later on another thread
   */
  public void pass(TrafficExchange exchange, BiConsumer<TrafficExchange, Channel> inside) {
    if (authenticators.length == 0) {
      if (isWithin(exchange, limits, null)) {
        inside.accept(exchange, channel);
      }
      return;
    }
    ask(exchange, 0, null, inside);
  }

  private void ask(
      TrafficExchange exchange,
      int from,
      Verdict.@Nullable Refused before,
      BiConsumer<TrafficExchange, Channel> inside) {
    Verdict.Refused refused = before;
    for (int i = from; i < authenticators.length; i++) {
      Verdict verdict = authenticators[i].check(exchange);
      if (verdict instanceof Verdict.Admitted admitted) {
        admit(exchange, admitted, inside);
        return;
      }
      if (verdict instanceof Verdict.Pending pending) {
        int next = i + 1;
        Verdict.Refused sofar = refused;
        pending.whenKnown(later -> resume(exchange, later, next, sofar, inside));
        return;
      }
      refused = both(refused, (Verdict.Refused) verdict);
    }
    if (refused != null) {
      refuse(exchange, refused);
    }
  }

  private void resume(
      TrafficExchange exchange,
      Verdict verdict,
      int next,
      Verdict.@Nullable Refused before,
      BiConsumer<TrafficExchange, Channel> inside) {
    try {
      if (verdict instanceof Verdict.Admitted admitted) {
        admit(exchange, admitted, inside);
      } else if (verdict instanceof Verdict.Refused told) {
        ask(exchange, next, both(before, told), inside);
      }
    } catch (ServiceException e) {
      exchange.error(e.status(), e.details());
    } catch (RuntimeException e) {
      LOG.error("{}: {} failed", exchange.cid(), channel.name(), e);
      exchange.error(500, "Internal error");
    }
  }

  /** Of two refusals the one that says that nobody can tell now, else both challenges. */
  private static Verdict.Refused both(Verdict.@Nullable Refused one, Verdict.Refused other) {
    if (one == null || other.status() != 401) {
      return other;
    }
    if (one.status() != 401) {
      return one;
    }
    Set<String> challenges = new LinkedHashSet<>();
    for (Verdict.Refused each : List.of(one, other)) {
      String challenge = each.challenge();
      if (challenge != null) {
        challenges.add(challenge);
      }
    }
    return new Verdict.Refused(
        401, challenges.isEmpty() ? null : String.join(", ", challenges), other.details());
  }

  private void refuse(TrafficExchange exchange, Verdict.Refused refused) {
    if (refused.status() == 401) {
      for (Authenticator each : authenticators) {
        each.refused(exchange, exchange.cid(), target);
      }
    }
    String challenge = refused.challenge();
    if (challenge != null) {
      exchange.setHeader("WWW-Authenticate", challenge);
    }
    if (refused.status() == 503) {
      exchange.setHeader("Retry-After", "1");
    }
    exchange.error(refused.status(), refused.details());
  }

  private void admit(
      TrafficExchange exchange,
      Verdict.Admitted admitted,
      BiConsumer<TrafficExchange, Channel> inside) {
    exchange.user(admitted.user());
    RateDecision tightest = null;
    List<RateLimiter> own = admitted.limits();
    for (int i = 0; i < own.size(); i++) {
      RateDecision decision = own.get(i).take(exchange.clientAddress());
      if (decision != null && !isWithin(exchange, decision, tightest)) {
        return;
      }
      tightest = decision == null ? tightest : RateHeaders.tighter(tightest, decision);
    }
    if (isWithin(exchange, limits, tightest)) {
      inside.accept(exchange, as(admitted.user()));
    }
  }

  private Channel as(String user) {
    Optional<String> usual = channel.user();
    return usual.isPresent() && usual.get().equals(user)
        ? channel
        : new Channel(channel.kind(), channel.name(), Optional.of(user));
  }

  private static boolean isWithin(
      TrafficExchange exchange, RateLimiter limiter, @Nullable RateDecision before) {
    RateDecision decision = limiter.take(exchange.clientAddress());
    if (decision != null) {
      return isWithin(exchange, decision, before);
    }
    if (before != null) {
      RateHeaders.set(exchange, before);
    }
    return true;
  }

  private static boolean isWithin(
      TrafficExchange exchange, RateDecision decision, @Nullable RateDecision before) {
    if (decision.outcome() == RateDecision.Outcome.DISALLOWED) {
      exchange.drop();
      return false;
    }
    RateHeaders.set(exchange, RateHeaders.tighter(before, decision));
    if (decision.outcome() == RateDecision.Outcome.LIMITED) {
      exchange.setHeader("Retry-After", Long.toString(decision.resetSeconds()));
      exchange.error(429, "too many requests: try again in " + decision.resetSeconds() + " s");
      return false;
    }
    return true;
  }
}
