package org.caravanserai.pubsub.internal.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.caravanserai.pubsub.internal.TopicNames;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code pubsub_folder}. */
@Component(service = ObjectKind.class, immediate = true)
public final class FolderKind implements ObjectKind<PubSubFolder> {

  /** The kind's name. */
  static final String NAME = "pubsub_folder";

  private final FolderRoutes routes;

  /** A kind without objects. */
  @Activate
  public FolderKind(@Reference FolderRoutes routes) {
    this.routes = routes;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "A folder whose files are published, each as one message.";
  }

  @Override
  public Class<PubSubFolder> type() {
    return PubSubFolder.class;
  }

  @Override
  public void validate(PubSubFolder object) throws InvalidObjectException {
    if (!isAbsolute(object.directory())) {
      throw new InvalidObjectException("directory", "expected an absolute path of a folder");
    }
    if (!TopicNames.isValid(object.topic())) {
      throw new InvalidObjectException("topic", TopicNames.EXPECTED + "; found " + object.topic());
    }
    if (object.pattern().isBlank()) {
      throw new InvalidObjectException("pattern", "must not be empty; * is all files");
    }
    if (object.moveTo().isBlank() && !object.delete()) {
      throw new InvalidObjectException(
          "move_to", "missing: a file that stays would be published again; or delete it");
    }
    if (object.pollInterval().isZero() || object.pollInterval().isNegative()) {
      throw new InvalidObjectException("poll_interval", "must be longer than 0");
    }
    if (object.minAge().isNegative()) {
      throw new InvalidObjectException("min_age", "must not be negative");
    }
  }

  private static boolean isAbsolute(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public LiveObject<PubSubFolder> open(PubSubFolder object) throws Exception {
    routes.open(object);
    return new LiveFolder(routes, object);
  }
}
