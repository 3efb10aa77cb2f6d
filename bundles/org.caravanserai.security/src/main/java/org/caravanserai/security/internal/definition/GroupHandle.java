package org.caravanserai.security.internal.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.Verdict;

/** What callers hold of a group, whatever becomes of the group itself. */
final class GroupHandle implements Authenticator {

  private final String name;
  private final Refusals refusals;
  private List<DefinitionHandle> definitions = List.of();
  private List<RateLimiter> limits = List.of();
  private volatile Members members = Members.NONE;

  GroupHandle(String name, Refusals refusals) {
    this.name = name;
    this.refusals = refusals;
  }

  /**
   * From now on lets other definitions in.
   *
   * @param changedLimits what limits all of them together
   */
  synchronized void follow(List<DefinitionHandle> changed, List<RateLimiter> changedLimits) {
    List<DefinitionHandle> before = definitions;
    definitions = List.copyOf(changed);
    limits = List.copyOf(changedLimits);
    definitions.forEach(each -> each.join(this));
    before.stream().filter(each -> !definitions.contains(each)).forEach(each -> each.leave(this));
    gather();
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

  @Override
  public void refused(AccessRequest request, String cid, String target) {
    refusals.note(members.claimed(request), request, cid, target, "group " + name);
  }
}
