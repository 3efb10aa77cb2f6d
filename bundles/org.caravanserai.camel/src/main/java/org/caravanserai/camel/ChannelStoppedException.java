package org.caravanserai.camel;

/** Says that a channel takes no calls now, because its route is stopped, suspended or gone. */
public class ChannelStoppedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Refuses a call. */
  public ChannelStoppedException(String message) {
    super(message, null, false, false);
  }
}
