package org.caravanserai.objects.internal.yaml;

/** Ends the reading of a file that asks for too much. */
final class YamlLimitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Place place;

  YamlLimitException(Place place, String message) {
    super(message);
    this.place = place;
  }

  Place place() {
    return place;
  }
}
