package org.caravanserai.objects.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.caravanserai.objects.internal.disk.Replacement;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.kind.TextReferences;
import org.caravanserai.objects.internal.kind.WrittenObject;
import org.caravanserai.objects.internal.secret.SecretStore;
import org.caravanserai.objects.internal.store.KindText;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.objects.internal.yaml.YamlText;
import org.caravanserai.objects.internal.yaml.YamlValue;

/**
 * A change of objects of the store, of any number, that is made as a whole: the files of their
 * kinds and the secrets that stood in clear in what was given.
 */
final class Edit {

  /** Why a secret is refused that is half in clear. */
  static final String MIXED_SECRET =
      "a secret is one clear value, or references without defaults and nothing else";

  /** What an edit works on. */
  record Ground(
      StoredObjects stored,
      HeldObjects objects,
      SecretStore secrets,
      Replacement replacement,
      YamlReader yaml,
      TextReferences references) {}

  /** A kind while it is edited. */
  private static final class Draft {
    private KindText text;
    private final List<ObjectKey> keys;

    Draft(KindText text, List<ObjectKey> keys) {
      this.text = text;
      this.keys = new ArrayList<>(keys);
    }
  }

  private final Ground ground;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final Map<ObjectKey, Definition> defined = new LinkedHashMap<>();
  private final Set<ObjectKey> removed = new LinkedHashSet<>();
  private final Map<String, String> secrets = new LinkedHashMap<>();

  Edit(Ground ground) {
    this.ground = ground;
  }

  /** Makes an object what was read of what was given. */
  void put(Definition given) {
    ObjectKey key = given.key();
    WrittenObject written = given.written();
    secrets.putAll(written.secrets());
    String body = YamlText.item(written.fields());
    defined.put(key, reread(given, body));
    Draft draft = draft(key.kind());
    int index = draft.keys.indexOf(key);
    if (index >= 0) {
      draft.text = draft.text.with(index, body);
      return;
    }
    int at = 0;
    while (at < draft.keys.size() && draft.keys.get(at).name().compareTo(key.name()) < 0) {
      at++;
    }
    draft.keys.add(at, key);
    draft.text = draft.text.inserted(at, body);
  }

  private Definition reread(Definition given, String body) {
    String kind = given.kind().name();
    Problems problems = new Problems(kind);
    byte[] file = (kind + ":\n" + body).getBytes(StandardCharsets.UTF_8);
    return ground
        .yaml
        .read(file, problems)
        .flatMap(root -> root.entries().values().stream().findFirst())
        .map(list -> ((YamlValue.Items) list.value()).items().get(0))
        .flatMap(item -> given.kind().read((YamlValue.Mapping) item, ground.references, problems))
        .orElseThrow(() -> new IllegalStateException(given + " is not read as it was written"));
  }

  /** Takes an object away. */
  void remove(ObjectKey key) {
    Draft draft = draft(key.kind());
    int index = draft.keys.indexOf(key);
    draft.keys.remove(index);
    draft.text = draft.text.without(index);
    removed.add(key);
  }

  private Draft draft(String kind) {
    return drafts.computeIfAbsent(
        kind,
        k -> {
          StoredKind stored = ground.stored.stored(k);
          return new Draft(stored.layout().orElseGet(() -> laidOut(stored, k)), stored.keys());
        });
  }

  /** What was not written so that it can be cut is written anew. */
  private KindText laidOut(StoredKind stored, String kind) {
    KindText text = KindText.empty(kind);
    for (ObjectKey key : stored.keys()) {
      Definition definition = ground.objects.definition(key).orElseThrow();
      WrittenObject written = definition.written();
      secrets.putAll(written.secrets());
      text = text.inserted(text.items().size(), YamlText.item(written.fields()));
    }
    return text;
  }

  /**
   * Makes the change.
   *
   * @throws IOException if it can't be stored; nothing has changed
   */
  void make() throws IOException {
    if (drafts.isEmpty()) {
      return;
    }
    SecretStore.Change change = ground.secrets.change(secrets, orphans());
    Map<Path, byte[]> files = new LinkedHashMap<>();
    Map<String, StoredKind> now = new LinkedHashMap<>();
    for (Map.Entry<String, Draft> each : drafts.entrySet()) {
      StoredKind kind = stored(each.getKey(), each.getValue());
      now.put(each.getKey(), kind);
      if (!kind.text().equals(ground.stored.stored(each.getKey()).text())) {
        files.put(ground.stored.file(each.getKey()), kind.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    for (Map.Entry<Path, byte[]> each : files.entrySet()) {
      if (each.getValue().length > ground.yaml.limits().maxBytes()) {
        throw new IOException(
            each.getKey() + " would be larger than max_file_size (settings of objects)");
      }
    }
    if (change.isDifferent()) {
      files.put(ground.secrets.file(), change.bytes());
    }
    ground.replacement.replace(files);
    change.take();
    for (Map.Entry<String, StoredKind> each : now.entrySet()) {
      ground.stored.replaced(each.getKey(), each.getValue());
    }
    ground.objects.remove(removed);
    defined.forEach(
        (key, definition) ->
            ground.objects.define(ground.stored.origin(key.kind()), key, Optional.of(definition)));
    ground.objects.settle();
  }

  /** The kinds that are edited. */
  Set<String> kinds() {
    return drafts.keySet();
  }

  private StoredKind stored(String kind, Draft draft) {
    String text = draft.text.text();
    List<YamlValue> items = new ArrayList<>();
    for (ObjectKey key : draft.keys) {
      Definition definition = defined.get(key);
      items.add(
          definition != null
              ? definition.source()
              : ground.objects.definition(key).orElseThrow().source());
    }
    var place = org.caravanserai.objects.internal.yaml.Place.UNKNOWN;
    var root =
        new YamlValue.Mapping(
            place, Map.of(kind, new YamlValue.Entry(place, new YamlValue.Items(place, items))));
    return new StoredKind(text, root, List.copyOf(draft.keys), Optional.of(draft.text));
  }

  /** The secrets that were an object's own and that no object refers to any more. */
  private Set<String> orphans() {
    Set<String> own = new TreeSet<>();
    Set<ObjectKey> touched = new LinkedHashSet<>(removed);
    touched.addAll(defined.keySet());
    var names = ground.secrets.names();
    for (ObjectKey key : touched) {
      String prefix = key.kind() + "/" + TextReferences.inReference(key.name()) + "/";
      for (String name : names.tailSet(prefix)) {
        if (!name.startsWith(prefix)) {
          break;
        }
        own.add(name);
      }
    }
    if (own.isEmpty()) {
      return own;
    }
    Set<String> referred = new HashSet<>(secrets.keySet());
    for (Definition definition : ground.objects.definitions()) {
      if (!touched.contains(definition.key())) {
        referred.addAll(definition.secrets());
      }
    }
    defined.values().forEach(definition -> referred.addAll(definition.secrets()));
    own.removeAll(referred);
    return own;
  }
}
