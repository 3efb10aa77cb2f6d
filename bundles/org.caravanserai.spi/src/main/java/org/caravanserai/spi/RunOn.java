package org.caravanserai.spi;

/** Which servers of an environment look for what a channel takes in. */
public enum RunOn {
  /** Each of them. */
  EVERY_SERVER,

  /** The one that has the right to, by a {@link Lease}; another one if that dies. */
  ONE_SERVER
}
