package org.caravanserai.security.internal.definition;

import java.util.List;
import java.util.Set;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.DefinitionSet;
import org.jspecify.annotations.Nullable;

/** A set of definitions is a group that is no object. */
record ChosenDefinitions(Handles handles, GroupHandle group) implements DefinitionSet {

  @Override
  public Authenticator authenticator() {
    return group;
  }

  @Override
  public void choose(Set<String> definitions) {
    group.follow(definitions.stream().sorted().map(handles::definition).toList(), List.of());
  }

  @Override
  public @Nullable String login(String user, String password) {
    return group.login(user, password);
  }

  @Override
  public void refused(String user, String address, String target) {
    group.refused(user, address, target);
  }

  @Override
  public void close() {
    group.follow(List.of(), List.of());
  }
}
