package org.caravanserai.objects.internal;

import java.util.List;
import java.util.Optional;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.objects.Ping;
import org.caravanserai.objects.Ping.Status;
import org.caravanserai.objects.internal.kind.OpenConnections;
import org.caravanserai.spi.Connections.Absence;
import org.caravanserai.spi.Connections.OpenConnection;
import org.caravanserai.spi.LiveConnection;

/**
 * Tells whether what is behind a connection answers, and why a connection is not there at all.
 *
 * @param objects all objects
 * @param connections those of them through which other systems are reached
 */
record Pings(ObjectStore objects, OpenConnections connections) {

  private static final double NANOS_PER_MILLI = 1e6;

  Optional<Ping> ping(String kind, String name) {
    return objects.find(kind, name).map(object -> ping(object));
  }

  private Ping ping(ObjectInfo object) {
    for (OpenConnection open : connections.named(object.name())) {
      if (open.kind().equals(object.kind())) {
        return ping(open.connection());
      }
    }
    return new Ping(
        Status.NOT_TRIED,
        0,
        object.state() == ObjectInfo.State.OPEN
            ? object.kind() + " is no kind of connection, there is nothing to reach"
            : object.kind() + "/" + object.name() + words(object) + because(object));
  }

  /** Reaches for the system behind a connection. */
  static Ping ping(LiveConnection<?, ?> connection) {
    long begin = System.nanoTime();
    try {
      return ended(Status.REACHED, begin, connection.ping());
    } catch (Exception | LinkageError e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return ended(Status.NOT_REACHED, begin, reason(e));
    }
  }

  /** Why something failed, in words. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static Ping ended(Status status, long begin, String details) {
    return new Ping(status, (System.nanoTime() - begin) / NANOS_PER_MILLI, details);
  }

  /** Why no connection of that name is open. */
  Absence absence(Class<?> facade, String name) {
    List<String> kinds = connections.kinds(facade);
    if (kinds.isEmpty()) {
      return new Absence(
          "Connection " + name + " is not open: no kind of connection offers " + facade.getName(),
          "");
    }
    return kinds.stream()
        .flatMap(kind -> objects.find(kind, name).stream())
        .findFirst()
        .map(
            object -> new Absence("Connection " + name + words(object), object.reason().orElse("")))
        .orElseGet(
            () ->
                new Absence(
                    "Connection " + name + " is not open: there is no " + kinds.get(0) + " " + name,
                    ""));
  }

  private static String words(ObjectInfo object) {
    return " is not open: "
        + switch (object.state()) {
          case OPEN -> "it is just opening";
          case WAITING -> "it waits for something that is not there yet";
          case FAILED -> "it could not be opened";
          case INACTIVE -> "it is not active";
        };
  }

  private static String because(ObjectInfo object) {
    return object.reason().map(reason -> " (" + reason + ")").orElse("");
  }
}
