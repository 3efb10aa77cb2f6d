package org.caravanserai.http;

/** Says that requests which a route names go to another route already. */
public class RouteConflictException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Refuses a route; the message names the other one. */
  public RouteConflictException(String message) {
    super(message);
  }
}
