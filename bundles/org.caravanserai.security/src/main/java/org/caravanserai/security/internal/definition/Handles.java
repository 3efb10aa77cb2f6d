package org.caravanserai.security.internal.definition;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.DefinitionSet;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.security.audit.Audit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The handles of all definitions and groups that anybody has asked for. */
@Component(service = {SecurityDefinitions.class, Handles.class})
public final class Handles implements SecurityDefinitions {

  private final Refusals refusals = new Refusals();
  private final ConcurrentMap<String, DefinitionHandle> definitions = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, GroupHandle> groups = new ConcurrentHashMap<>();

  /** Refusals are recorded from now on. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindAudit(Audit audit) {
    refusals.recordIn(audit);
  }

  /** The audit goes. */
  public void unbindAudit(Audit gone) {
    refusals.forget(gone);
  }

  @Override
  public Authenticator authenticator(String name) {
    return definition(name);
  }

  @Override
  public OutgoingCredentials outgoing(String name) {
    return definition(name);
  }

  @Override
  public Authenticator group(String name) {
    return groupHandle(name);
  }

  @Override
  public DefinitionSet set(String name, Consumer<String> changed) {
    return new ChosenDefinitions(this, new GroupHandle(name, name, refusals, changed));
  }

  /** The handle of a definition. */
  DefinitionHandle definition(String name) {
    return definitions.computeIfAbsent(name, missing -> new DefinitionHandle(missing, refusals));
  }

  /** The handle of a group. */
  GroupHandle groupHandle(String name) {
    return groups.computeIfAbsent(name, missing -> new GroupHandle(missing, refusals));
  }
}
