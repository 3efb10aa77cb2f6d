package org.caravanserai.security.internal.definition;

import java.util.List;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code groups}. */
@Component(service = ObjectKind.class, immediate = true)
public final class GroupKind implements ObjectKind<Group> {

  private static final String NAME = "groups";

  private final Handles handles;
  private final RateLimits rates;

  /** A kind without groups. */
  @Activate
  public GroupKind(@Reference Handles handles, @Reference RateLimits rates) {
    this.handles = handles;
    this.rates = rates;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "Several security definitions, any of which lets a caller in; the member is the user.";
  }

  @Override
  public Class<Group> type() {
    return Group.class;
  }

  @Override
  public LiveObject<Group> open(Group group) {
    GroupHandle handle = handles.groupHandle(group.name());
    RateLimiter limits = rates.open(NAME, group.name(), "group");
    follow(handle, group, limits);
    return new LiveObject<>() {
      @Override
      public void replace(Group changed) {
        follow(handle, changed, limits);
      }

      @Override
      public void close() {
        handle.follow(List.of(), List.of());
        limits.close();
      }
    };
  }

  private void follow(GroupHandle handle, Group group, RateLimiter limits) {
    limits.follow(List.of(), group.quotaTier());
    handle.follow(
        group.members().stream().distinct().map(handles::definition).toList(), List.of(limits));
  }
}
