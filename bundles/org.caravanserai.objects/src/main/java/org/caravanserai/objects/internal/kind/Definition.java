package org.caravanserai.objects.internal.kind;

import java.util.List;
import java.util.Map;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.YamlValue;

/**
 * What a file says an object is to be.
 *
 * @param kind its kind
 * @param name its name
 * @param object its record, with references to secrets still in it
 * @param active whether it is to be in operation
 * @param required whether the server is not ready without it
 * @param places the objects that it refers to, and where
 * @param secrets the names of the secrets that it refers to, still to be put into the record
 * @param services the names of the services that it calls
 * @param source the item that says so
 */
public record Definition(
    Kind<?> kind,
    String name,
    Record object,
    boolean active,
    boolean required,
    Map<ObjectKey, Place> places,
    List<String> secrets,
    List<String> services,
    YamlValue.Mapping source) {

  /** Whether nothing at all is different from another. */
  public boolean isSame(Definition other) {
    return kind == other.kind
        && required == other.required
        && object.equals(other.object)
        && secrets.equals(other.secrets);
  }

  /** The objects that it refers to. */
  public List<ObjectKey> references() {
    return List.copyOf(places.keySet());
  }

  /** What it is known by. */
  public ObjectKey key() {
    return new ObjectKey(kind.name(), name);
  }

  /** The fields as they are written in files that we write. */
  public WrittenObject written() {
    return kind.written(this);
  }

  /** The object's key; not its record, which may hold secrets. */
  @Override
  public String toString() {
    return kind.name() + "/" + name;
  }
}
