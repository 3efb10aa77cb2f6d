package org.caravanserai.security.internal.definition;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.ClientIdentity;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.Verdict;
import org.jspecify.annotations.Nullable;

/** What callers hold of a definition, whatever becomes of the definition itself. */
final class DefinitionHandle implements Authenticator, OutgoingCredentials {

  private final String name;
  private final Set<GroupHandle> groups = ConcurrentHashMap.newKeySet();
  private final Refusals refusals;
  private volatile Asked asked;
  private volatile Shown shown;

  /**
   * What is asked for, and the verdict on who has it.
   *
   * @param credentials what is asked for
   * @param admitted the verdict
   */
  record Asked(Credentials credentials, Verdict.Admitted admitted) {}

  DefinitionHandle(String name, Refusals refusals) {
    this.name = name;
    this.refusals = refusals;
    this.shown = inactive();
    this.asked = new Asked(Credentials.NONE, new Verdict.Admitted(name, List.of()));
  }

  private Shown inactive() {
    return Shown.nothing("security " + name + " is not active");
  }

  /**
   * From now on asks for other credentials, and shows others.
   *
   * @param limits what limits who has them
   * @param changedShown what is shown
   */
  void follow(Credentials changed, RateLimiter limits, Shown changedShown) {
    shown = changedShown;
    change(new Asked(changed, new Verdict.Admitted(name, List.of(limits))));
  }

  /** From now on lets nobody in, and shows nothing. */
  void close() {
    shown = inactive();
    change(new Asked(Credentials.NONE, new Verdict.Admitted(name, List.of())));
  }

  private void change(Asked changed) {
    String before = asked.credentials().login(name);
    asked = changed;
    boolean login = !Objects.equals(before, changed.credentials().login(name));
    groups.forEach(group -> group.memberChanged(this, login));
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
  public void refused(AccessRequest request, String cid, String target) {
    refusals.note(asked.credentials().claimed(request), request, cid, target, "security " + name);
  }

  @Override
  public CompletableFuture<Map<String, String>> headers() {
    return shown.headers();
  }

  @Override
  public boolean refused(Map<String, String> headers) {
    return shown.refused(headers);
  }

  @Override
  public @Nullable ClientIdentity identity() {
    return shown.identity();
  }
}
