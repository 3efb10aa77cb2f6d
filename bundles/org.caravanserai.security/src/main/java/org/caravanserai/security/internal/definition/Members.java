package org.caravanserai.security.internal.definition;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.ClientCertificate;
import org.caravanserai.security.Verdict;
import org.jspecify.annotations.Nullable;

/** The members of a group as they are now, found by their credentials. */
final class Members {

  /** Nobody. */
  static final Members NONE = new Members(new Index());

  private final Keys[] keys;
  private final SecretIndex basic;
  private final SecretIndex logins;
  private final Index.Member[] bearer;
  private final Map<String, Index.Member> fingerprints;
  private final List<Index.Member> subjects;
  private final Set<String> challenges;
  private final Verdict.Refused refused;

  /** The API keys in one header. */
  private record Keys(String header, SecretIndex index) {}

  Members(Index index) {
    keys =
        index.apiKeys.entrySet().stream()
            .map(entry -> new Keys(entry.getKey(), new SecretIndex(entry.getValue())))
            .toArray(Keys[]::new);
    basic = new SecretIndex(index.basic);
    logins = new SecretIndex(index.logins);
    bearer = index.bearer.toArray(Index.Member[]::new);
    fingerprints = Map.copyOf(index.fingerprints);
    subjects = List.copyOf(index.subjects);
    challenges = Collections.unmodifiableSet(index.challenges);
    refused =
        Verdict.Refused.unknown(
            index.challenges.isEmpty() ? null : String.join(", ", index.challenges));
  }

  Set<String> challenges() {
    return challenges;
  }

  Verdict check(AccessRequest request) {
    Verdict.Admitted found = apiKey(request);
    if (found == null) {
      found = certificate(request);
    }
    if (found != null) {
      return found;
    }
    String authorization = request.header("Authorization");
    if (authorization == null) {
      return refused;
    }
    if (BasicToken.isIn(authorization)) {
      Verdict.Admitted user = basic(authorization);
      return user == null ? refused : user;
    }
    return bearer(request, 0, refused);
  }

  /** Whose a user name and password are; {@code null} for nobody's. */
  Verdict.@Nullable Admitted login(String user, String password) {
    // No name has a colon: what is before the first one is the name.
    return user.indexOf(':') >= 0 ? null : logins.find(BasicToken.of(user, password), 0);
  }

  /** As {@link Credentials#claimed}, of any kind that a member has. */
  @Nullable String claimed(AccessRequest request) {
    String authorization = request.header("Authorization");
    String name = basic.isEmpty() ? null : BasicToken.claimed(authorization);
    if (name != null) {
      return name;
    }
    ClientCertificate shown =
        fingerprints.isEmpty() && subjects.isEmpty() ? null : request.clientCertificate();
    if (shown != null) {
      return shown.subject();
    }
    boolean isKeyShown = Arrays.stream(keys).anyMatch(key -> request.header(key.header()) != null);
    return isKeyShown || (bearer.length > 0 && BearerToken.isIn(authorization)) ? "" : null;
  }

  private Verdict.@Nullable Admitted apiKey(AccessRequest request) {
    for (Keys each : keys) {
      String value = request.header(each.header());
      Verdict.Admitted found = value == null ? null : each.index().find(value, 0);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Verdict.@Nullable Admitted basic(String authorization) {
    Verdict.Admitted found = basic.find(authorization, BasicToken.BEGIN);
    if (found == null) {
      for (String other : BasicToken.otherSpellings(authorization)) {
        found = found == null ? basic.find(other, 0) : found;
      }
    }
    return found;
  }

  private Verdict.@Nullable Admitted certificate(AccessRequest request) {
    if (fingerprints.isEmpty() && subjects.isEmpty()) {
      return null;
    }
    ClientCertificate shown = request.clientCertificate();
    if (shown == null) {
      return null;
    }
    Index.Member exact = fingerprints.get(shown.fingerprint());
    if (exact != null
        && exact.credentials().check(request, exact.admitted())
            instanceof Verdict.Admitted admitted) {
      return admitted;
    }
    for (Index.Member member : subjects) {
      if (member.credentials().check(request, member.admitted())
          instanceof Verdict.Admitted admitted) {
        return admitted;
      }
    }
    return null;
  }

  /** Asks one after the other; of refusals the one counts that says most. */
  private Verdict bearer(AccessRequest request, int from, Verdict.Refused before) {
    Verdict.Refused worst = before;
    for (int i = from; i < bearer.length; i++) {
      Index.Member member = bearer[i];
      Verdict verdict = member.credentials().check(request, member.admitted());
      if (verdict instanceof Verdict.Admitted) {
        return verdict;
      }
      if (verdict instanceof Verdict.Pending pending) {
        return new Verdict.Pending(later(pending, request, i + 1, worst));
      }
      worst = moreTelling(worst, (Verdict.Refused) verdict);
    }
    return worst;
  }

  private CompletableFuture<Verdict> later(
      Verdict.Pending pending, AccessRequest request, int next, Verdict.Refused worst) {
    CompletableFuture<Verdict> result = new CompletableFuture<>();
    pending.whenKnown(
        verdict -> {
          if (verdict instanceof Verdict.Refused told) {
            Verdict rest = bearer(request, next, moreTelling(worst, told));
            if (rest instanceof Verdict.Pending again) {
              again.whenKnown(result::complete);
            } else {
              result.complete(rest);
            }
          } else {
            result.complete(verdict);
          }
        });
    return result;
  }

  private Verdict.Refused moreTelling(Verdict.Refused one, Verdict.Refused other) {
    return one.equals(refused) || (one.status() == 401 && other.status() == 503) ? other : one;
  }
}
