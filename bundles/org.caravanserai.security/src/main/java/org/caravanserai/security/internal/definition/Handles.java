package org.caravanserai.security.internal.definition;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.security.SecurityDefinitions;
import org.osgi.service.component.annotations.Component;

/** The handles of all definitions and groups that anybody has asked for. */
@Component(service = {SecurityDefinitions.class, Handles.class})
public final class Handles implements SecurityDefinitions {

  private final ConcurrentMap<String, DefinitionHandle> definitions = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, GroupHandle> groups = new ConcurrentHashMap<>();

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

  /** The handle of a definition. */
  DefinitionHandle definition(String name) {
    return definitions.computeIfAbsent(name, DefinitionHandle::new);
  }

  /** The handle of a group. */
  GroupHandle groupHandle(String name) {
    return groups.computeIfAbsent(name, GroupHandle::new);
  }
}
