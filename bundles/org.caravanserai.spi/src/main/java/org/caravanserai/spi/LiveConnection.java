package org.caravanserai.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A connection in operation.
 *
 * <p>{@link #replace} changes it in place: calls in flight end as they began, later ones meet the
 * new configuration. What the earlier configuration holds is let go of after the last of its calls.
 * The same goes for {@link #close}.
 *
 * @param <C> the record of its kind
 * @param <F> what services see of it
 */
@ConsumerType
public interface LiveConnection<C extends Record, F> extends LiveObject<C> {

  /**
   * The connection as one caller uses it. Cheap: asked for anew by each call.
   *
   * @param caller who uses it; what is handed out for longer than a method's time is held by it
   */
  F facade(Caller caller);

  /**
   * Reaches for the other system, within the connection's own time limits; called from any thread.
   *
   * @return what was reached, in words; never holds a secret
   * @throws Exception if it was not reached; its message is the reason, fit to be shown
   */
  String ping() throws Exception;
}
