package org.caravanserai.security.internal.definition;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.Verdict;
import org.jspecify.annotations.Nullable;

/** What callers hold of a definition, whatever becomes of the definition itself. */
final class DefinitionHandle implements Authenticator, OutgoingCredentials {

  private final String name;
  private final Set<GroupHandle> groups = ConcurrentHashMap.newKeySet();
  private volatile Asked asked;

  /**
   * What is asked for, and the verdict on who has it.
   *
   * @param credentials what is asked for
   * @param admitted the verdict
   */
  record Asked(Credentials credentials, Verdict.Admitted admitted) {}

  DefinitionHandle(String name) {
    this.name = name;
    this.asked = new Asked(Credentials.NONE, new Verdict.Admitted(name, List.of()));
  }

  /**
   * From now on asks for other credentials.
   *
   * @param limits what limits who has them
   */
  void ask(Credentials changed, RateLimiter limits) {
    change(new Asked(changed, new Verdict.Admitted(name, List.of(limits))));
  }

  /** From now on lets nobody in. */
  void askForNothing() {
    change(new Asked(Credentials.NONE, new Verdict.Admitted(name, List.of())));
  }

  private void change(Asked changed) {
    asked = changed;
    groups.forEach(GroupHandle::gather);
  }

  /** From now on tells a group of its changes. */
  void join(GroupHandle group) {
    groups.add(group);
  }

  /** Tells a group of its changes no more. */
  void leave(GroupHandle group) {
    groups.remove(group);
  }

  Asked asked() {
    return asked;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> challenges() {
    String challenge = asked.credentials().challenge();
    return challenge == null ? Set.of() : Set.of(challenge);
  }

  @Override
  public Verdict check(AccessRequest request) {
    Asked now = asked;
    return now.credentials().check(request, now.admitted());
  }

  @Override
  public @Nullable Map<String, String> headers() {
    return asked.credentials().headers();
  }
}
