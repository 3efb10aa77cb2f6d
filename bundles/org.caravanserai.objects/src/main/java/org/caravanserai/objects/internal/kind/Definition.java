package org.caravanserai.objects.internal.kind;

import java.util.List;

/**
 * What a file says an object is to be.
 *
 * @param kind its kind
 * @param name its name
 * @param object its record
 * @param active whether it is to be in operation
 * @param references the objects that it refers to
 * @param secrets the names of the secrets that it refers to, still to be put into the record
 */
public record Definition(
    Kind<?> kind,
    String name,
    Record object,
    boolean active,
    List<ObjectKey> references,
    List<String> secrets) {

  /** Whether nothing at all is different from another. */
  public boolean isSame(Definition other) {
    return kind == other.kind && object.equals(other.object) && secrets.equals(other.secrets);
  }

  /** The object's key; not its record, which may hold secrets. */
  @Override
  public String toString() {
    return kind.name() + "/" + name;
  }
}
