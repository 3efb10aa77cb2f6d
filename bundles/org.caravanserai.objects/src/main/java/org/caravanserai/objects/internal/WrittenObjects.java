package org.caravanserai.objects.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectId;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.yaml.YamlText;

/** The objects as they are written: one by one, and all in one file. Confined to one thread. */
final class WrittenObjects {

  private final HeldObjects objects;

  WrittenObjects(HeldObjects objects) {
    this.objects = objects;
  }

  /** An object as it is written; empty if there is none. One whose kind is away has no fields. */
  Optional<ConfiguredObject> read(ObjectKey key) {
    return objects
        .info(key)
        .map(
            info -> {
              Map<String, Object> fields = fields(key);
              return new ConfiguredObject(info, fields, etag(fields), links(key));
            });
  }

  /** What changes whenever an object's fields do; empty if there is none. */
  Optional<String> etag(ObjectKey key) {
    return objects.origin(key).map(origin -> etag(fields(key)));
  }

  private Map<String, Object> fields(ObjectKey key) {
    return objects.definition(key).map(each -> each.written().fields()).orElse(Map.of());
  }

  private ConfiguredObject.Links links(ObjectKey key) {
    Optional<Definition> definition = objects.definition(key);
    return new ConfiguredObject.Links(
        ids(definition.stream().flatMap(each -> each.references().stream())),
        ids(
            objects.definitions().stream()
                .filter(each -> each.places().containsKey(key))
                .map(Definition::key)));
  }

  /** The objects that name a service. */
  List<ObjectId> naming(String service) {
    return ids(
        objects.definitions().stream()
            .filter(each -> each.services().contains(service))
            .map(Definition::key));
  }

  private static List<ObjectId> ids(Stream<ObjectKey> keys) {
    return keys.map(key -> new ObjectId(key.kind(), key.name()))
        .sorted(Comparator.comparing(ObjectId::kind).thenComparing(ObjectId::name))
        .toList();
  }

  private static String etag(Map<String, Object> fields) {
    return sha256(YamlText.item(fields)).substring(0, 32);
  }

  /**
   * The objects whose kinds are there, as a file.
   *
   * @param kind only those of this kind
   * @param name only those of this name
   */
  String export(Optional<String> kind, Optional<String> name) {
    Map<String, List<Definition>> byKind = new TreeMap<>(CanonicalOrder.OF_KINDS);
    for (Definition definition : objects.definitions()) {
      boolean isWanted =
          kind.map(definition.kind().name()::equals).orElse(true)
              && name.map(definition.name()::equals).orElse(true);
      if (!isWanted) {
        continue;
      }
      byKind.computeIfAbsent(definition.kind().name(), each -> new ArrayList<>()).add(definition);
    }
    List<String> parts = new ArrayList<>();
    byKind.forEach(
        (each, definitions) -> {
          definitions.sort(Comparator.comparing(Definition::name));
          parts.add(
              YamlText.kind(
                  each,
                  definitions.stream().map(definition -> definition.written().fields()).toList()));
        });
    return parts.isEmpty() ? "{}\n" : String.join("\n", parts);
  }

  /** The hash of the {@link #export} of all. */
  String digest() {
    return "sha256:" + sha256(export(Optional.empty(), Optional.empty()));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
