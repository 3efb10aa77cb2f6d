package org.caravanserai.objects.internal.kind;

/**
 * What an object is known by.
 *
 * @param kind its kind
 * @param name its name, unique within the kind
 */
public record ObjectKey(String kind, String name) {

  /** Reads {@code kind/name}. */
  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
