package org.caravanserai.camel;

import java.util.Locale;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RouteController;

/** What an operator does with a route. */
public enum RouteAction {
  /** It takes messages again, whether it was stopped or suspended. */
  START,
  /** It takes no more messages and gives back what it holds; those on their way go on. */
  STOP,
  /** It takes no more messages, and is back at once when it is resumed. */
  SUSPEND,
  /** The same as {@link #START}, as Camel's users know it for a suspended route. */
  RESUME;

  /** How it is written: {@code start}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Does it, and waits until it is done; what is so already is left alone.
   *
   * @param control the controller of the route's context
   * @param route the id by which the context knows the route
   * @throws RouteRefusedException if that is not possible now
   */
  public void run(RouteController control, String route) throws RouteRefusedException {
    ServiceStatus status = control.getRouteStatus(route);
    boolean isSuspended = status != null && status.isSuspended();
    boolean isStarted = status != null && status.isStarted();
    if (this == SUSPEND && !isStarted && !isSuspended) {
      throw new RouteRefusedException("The route is stopped, so that it can't be suspended");
    }
    try {
      switch (this) {
        case START, RESUME -> {
          if (isSuspended) {
            control.resumeRoute(route);
          } else if (!isStarted) {
            control.startRoute(route);
          }
        }
        case STOP -> {
          if (status != null && status.isStoppable()) {
            control.stopRoute(route);
          }
        }
        case SUSPEND -> {
          if (isStarted) {
            control.suspendRoute(route);
          }
        }
      }
    } catch (Exception e) {
      throw new RouteRefusedException("Camel can't " + id() + " the route: " + e.getMessage(), e);
    }
  }

  /** Whether the route takes messages afterwards. */
  public boolean isOpening() {
    return this == START || this == RESUME;
  }
}
