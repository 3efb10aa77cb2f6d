package org.caravanserai.metrics;

import org.osgi.annotation.versioning.ProviderType;

/** Takes the numbers of one moment, to be kept for a while. */
@ProviderType
public interface Numbers {

  /** The subject of what is told of the server as a whole. */
  String SERVER = "";

  /** How many seconds have passed since the moment before. */
  double seconds();

  /**
   * How much there is of something, or how often it happens in a second. It counts as 0 at moments
   * at which nobody tells it.
   *
   * @param subject what it is told of, such as the name of a service
   * @param name the name of the number
   * @param value the value; {@code NaN} if it is not known
   */
  void level(String subject, String name, double value);

  /**
   * How long something takes. There is none at moments at which nobody tells it; of several moments
   * together the worst one counts.
   *
   * @param subject what it is told of, such as the name of a service
   * @param name the name of the number
   * @param seconds the time
   */
  void latency(String subject, String name, double seconds);
}
