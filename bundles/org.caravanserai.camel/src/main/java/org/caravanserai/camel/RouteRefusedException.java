package org.caravanserai.camel;

/** Says why a route can't be started, stopped, suspended or resumed now. */
public class RouteRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Refuses it. */
  public RouteRefusedException(String message) {
    super(message);
  }

  /** Refuses it for what Camel says. */
  public RouteRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
