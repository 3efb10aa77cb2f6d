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
import org.caravanserai.objects.ConfiguredObject;
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
              Map<String, Object> fields =
                  objects.definition(key).map(each -> each.written().fields()).orElse(Map.of());
              return new ConfiguredObject(info, fields, etag(fields));
            });
  }

  /** What changes whenever an object's fields do; empty if there is none. */
  Optional<String> etag(ObjectKey key) {
    return read(key).map(ConfiguredObject::etag);
  }

  private static String etag(Map<String, Object> fields) {
    return sha256(YamlText.item(fields)).substring(0, 32);
  }

  /** All objects whose kinds are there, as a file. */
  String export() {
    Map<String, List<Definition>> byKind = new TreeMap<>(CanonicalOrder.OF_KINDS);
    for (Definition definition : objects.definitions()) {
      byKind.computeIfAbsent(definition.kind().name(), kind -> new ArrayList<>()).add(definition);
    }
    List<String> parts = new ArrayList<>();
    byKind.forEach(
        (kind, definitions) -> {
          definitions.sort(Comparator.comparing(Definition::name));
          parts.add(
              YamlText.kind(
                  kind, definitions.stream().map(each -> each.written().fields()).toList()));
        });
    return parts.isEmpty() ? "{}\n" : String.join("\n", parts);
  }

  /** The hash of the {@link #export()}. */
  String digest() {
    return "sha256:" + sha256(export());
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
