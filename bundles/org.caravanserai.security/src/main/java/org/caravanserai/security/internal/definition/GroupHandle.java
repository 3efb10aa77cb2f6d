package org.caravanserai.security.internal.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.DefinitionSet;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.Verdict;
import org.jspecify.annotations.Nullable;

/** What callers hold of a group, whatever becomes of the group itself. */
final class GroupHandle implements Authenticator {

  private final String name;
  private final String title;
  private final Refusals refusals;
  private final Consumer<String> changed;
  private List<DefinitionHandle> definitions = List.of();
  private List<RateLimiter> limits = List.of();
  private volatile Members members = Members.NONE;

  GroupHandle(String name, Refusals refusals) {
    this(name, "group " + name, refusals, unused -> {});
  }

  /**
   * A handle of what is no object.
   *
   * @param title what it is called in the audit
   * @param changed told the name of a definition whose user name, password or key is another one
   *     now
   */
  GroupHandle(String name, String title, Refusals refusals, Consumer<String> changed) {
    this.name = name;
    this.title = title;
    this.refusals = refusals;
    this.changed = changed;
  }

  /**
   * From now on lets other definitions in.
   *
   * @param changedLimits what limits all of them together
   */
  synchronized void follow(List<DefinitionHandle> others, List<RateLimiter> changedLimits) {
    List<DefinitionHandle> before = definitions;
    definitions = List.copyOf(others);
    limits = List.copyOf(changedLimits);
    definitions.forEach(each -> each.join(this));
    before.stream().filter(each -> !definitions.contains(each)).forEach(each -> each.leave(this));
    gather();
  }

  /**
   * A member has changed.
   *
   * @param login whether its user name, password or key is another one now
   */
  void memberChanged(DefinitionHandle member, boolean login) {
    gather();
    if (login) {
      changed.accept(member.name());
    }
  }

  /** Gathers the credentials of its members anew. */
  synchronized void gather() {
    Index index = new Index();
    for (DefinitionHandle definition : definitions) {
      DefinitionHandle.Asked asked = definition.asked();
      List<RateLimiter> all = new ArrayList<>(asked.admitted().limits());
      all.addAll(limits);
      index.add(asked.credentials(), new Verdict.Admitted(definition.name(), all));
    }
    members = new Members(index);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> challenges() {
    return members.challenges();
  }

  @Override
  public Verdict check(AccessRequest request) {
    return members.check(request);
  }

  /** As {@link DefinitionSet#login}. */
  @Nullable String login(String user, String password) {
    Verdict.Admitted admitted = members.login(user, password);
    return admitted == null ? null : admitted.user();
  }

  /** As {@link DefinitionSet#refused}. */
  void refused(String user, String address, String target) {
    refusals.note(user, address, "", target, title);
  }

  @Override
  public void refused(AccessRequest request, String cid, String target) {
    refusals.note(members.claimed(request), request, cid, target, title);
  }
}
