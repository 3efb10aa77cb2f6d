package org.caravanserai.pubsub.internal.kind;

import java.util.List;
import org.caravanserai.pubsub.internal.access.Permissions;
import org.caravanserai.pubsub.internal.access.TopicPattern;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code pubsub_permission}. */
@Component(service = ObjectKind.class, immediate = true)
public final class PermissionKind implements ObjectKind<PubSubPermission> {

  private static final String PUBLISHER = "publisher";
  private static final String SUBSCRIBER = "subscriber";

  private final Permissions permissions;

  /** A kind without objects. */
  @Activate
  public PermissionKind(@Reference Permissions permissions) {
    this.permissions = permissions;
  }

  @Override
  public String name() {
    return "pubsub_permission";
  }

  @Override
  public String key() {
    return "security";
  }

  @Override
  public String help() {
    return "What a security definition may publish to and receive from, by any protocol.";
  }

  @Override
  public Class<PubSubPermission> type() {
    return PubSubPermission.class;
  }

  @Override
  public void validate(PubSubPermission object) throws InvalidObjectException {
    patterns("pub", object.pub());
    patterns("sub", object.sub());
    String type = object.accessType().orElse("");
    switch (type) {
      case "", PUBLISHER + "-" + SUBSCRIBER -> {}
      case PUBLISHER -> none("sub", object.sub(), type);
      case SUBSCRIBER -> none("pub", object.pub(), type);
      default ->
          throw new InvalidObjectException(
              "access_type", "expected publisher, subscriber or publisher-subscriber");
    }
  }

  private static void patterns(String field, List<String> patterns) throws InvalidObjectException {
    try {
      patterns.forEach(TopicPattern::parse);
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException(field, String.valueOf(e.getMessage()));
    }
  }

  private static void none(String field, List<String> patterns, String type)
      throws InvalidObjectException {
    if (!patterns.isEmpty()) {
      throw new InvalidObjectException(field, "makes no sense for a " + type);
    }
  }

  @Override
  public LiveObject<PubSubPermission> open(PubSubPermission object) {
    permissions.grant(object.security(), object.pub(), object.sub());
    return new LiveObject<>() {
      @Override
      public void replace(PubSubPermission changed) {
        permissions.grant(changed.security(), changed.pub(), changed.sub());
      }

      @Override
      public void close() {
        permissions.revoke(object.security());
      }
    };
  }
}
