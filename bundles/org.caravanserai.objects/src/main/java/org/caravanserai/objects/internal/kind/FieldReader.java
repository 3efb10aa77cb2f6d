package org.caravanserai.objects.internal.kind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one item, and collects what they refer to. */
final class FieldReader {

  private static final Object UNREADABLE = new Object();

  private final String kind;
  private final String key;
  private final TextReferences texts;
  private final Problems problems;
  private final Map<ObjectKey, Place> references = new LinkedHashMap<>();
  private final List<String> secrets = new ArrayList<>();
  private final Set<String> services = new LinkedHashSet<>();

  /**
   * Has read nothing.
   *
   * @param kind the kind, for messages
   * @param key the field by which its objects are known
   */
  FieldReader(String kind, String key, TextReferences texts, Problems problems) {
    this.kind = kind;
    this.key = key;
    this.texts = texts;
    this.problems = problems;
  }

  /** The objects that the fields read so far refer to, and where. */
  Map<ObjectKey, Place> references() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(references));
  }

  /** The secrets that the fields read so far refer to. */
  List<String> secrets() {
    return List.copyOf(secrets);
  }

  /** The services that the fields read so far name. */
  List<String> services() {
    return List.copyOf(services);
  }

  /** The values of an item's fields as its record wants them; unusable once there is a problem. */
  Object[] read(RecordShape<?> shape, YamlValue.Mapping item) {
    return read(shape, item, "");
  }

  private Object[] read(RecordShape<?> shape, YamlValue.Mapping item, String path) {
    String whose = path.isEmpty() ? kind : path;
    for (var entry : item.entries().entrySet()) {
      if (shape.knows(entry.getKey())) {
        continue;
      }
      if (path.isEmpty() && ForeignFields.haveNoEffect(kind, entry.getKey())) {
        problems.warning(
            entry.getValue().key(),
            "this server does not support `%s` of `%s` (yet): it has no effect"
                .formatted(entry.getKey(), kind));
      } else {
        problems.error(
            entry.getValue().key(),
            "unknown field `%s` of `%s`%s"
                .formatted(entry.getKey(), whose, NearestName.hint(entry.getKey(), shape.names())));
      }
    }
    for (FieldShape field : shape.fields()) {
      YamlValue.Entry other = item.entries().get(field.alias());
      if (other != null && !field.alias().isEmpty() && item.entries().containsKey(field.name())) {
        problems.error(
            other.key(), "`%s` is `%s`, which is there too".formatted(field.alias(), field.name()));
      }
    }
    return shape.fields().stream().map(field -> field(field, item, whose, path)).toArray();
  }

  private Object field(FieldShape shape, YamlValue.Mapping item, String whose, String path) {
    YamlValue.Entry entry = shape.in(item);
    if (entry == null) {
      return shape.absent().orElseGet(() -> missing(shape, item, whose));
    }
    var field = new PlacedField(shape, path.isEmpty() ? shape.name() : path + "." + shape.name());
    Object value = value(field, shape.type(), entry.value());
    return shape.optional() ? Optional.of(value) : value;
  }

  /**
   * A field and where it stands in its item.
   *
   * @param shape the field
   * @param path such as {@code rate_limiting[0].limit}
   */
  private record PlacedField(FieldShape shape, String path) {}

  private Object missing(FieldShape field, YamlValue.Mapping item, String whose) {
    problems.error(item.place(), "missing field `%s` of `%s`".formatted(field.name(), whose));
    return UNREADABLE;
  }

  private Object value(PlacedField field, FieldType type, YamlValue value) {
    if (type instanceof FieldType.Items items) {
      return list(field, items.item(), value);
    }
    if (type instanceof FieldType.Entries entries) {
      return entries(field, entries.value(), value);
    }
    if (type instanceof FieldType.Nested nested) {
      return nested(field, nested.shape(), value, field.path());
    }
    if (type instanceof FieldType.Tree) {
      Object tree = tree(field, value);
      return tree == null ? wrong(field, value) : tree;
    }
    return scalar(field, ((FieldType.Scalar) type).type(), value);
  }

  /** Any value; what holds a reference is a text. */
  private @Nullable Object tree(PlacedField field, YamlValue value) {
    if (value instanceof YamlValue.Items items) {
      List<@Nullable Object> values = new ArrayList<>();
      for (YamlValue item : items.items()) {
        values.add(tree(field, item));
      }
      return Collections.unmodifiableList(values);
    }
    if (value instanceof YamlValue.Mapping mapping) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (var entry : mapping.entries().entrySet()) {
        values.put(entry.getKey(), tree(field, entry.getValue().value()));
      }
      return Collections.unmodifiableMap(values);
    }
    YamlValue.Scalar scalar = (YamlValue.Scalar) value;
    ResolvedText resolved = texts.resolve(scalar.text());
    for (String problem : resolved.problems()) {
      problem(field, value.place(), problem);
    }
    secrets.addAll(resolved.secrets());
    return resolved.text().equals(scalar.text()) ? PlainScalar.of(scalar) : resolved.text();
  }

  /**
   * A list of one item may be written without its brackets, as Zato does with a channel's method.
   */
  private Object list(PlacedField field, FieldType type, YamlValue value) {
    if (!(type instanceof FieldType.Nested) && value instanceof YamlValue.Scalar) {
      return List.of(value(field, type, value));
    }
    if (!(value instanceof YamlValue.Items items)) {
      return wrong(field, value);
    }
    List<Object> values = new ArrayList<>();
    for (YamlValue item : items.items()) {
      boolean isNull = item instanceof YamlValue.Scalar scalar && scalar.isNull();
      if (isNull) {
        values.add(wrong(field, item));
      } else if (type instanceof FieldType.Nested nested) {
        String path = "%s[%d]".formatted(field.path(), values.size());
        values.add(nested(field, nested.shape(), item, path));
      } else {
        values.add(value(field, type, item));
      }
    }
    return List.copyOf(values);
  }

  private Object entries(PlacedField field, ValueType type, YamlValue value) {
    if (!(value instanceof YamlValue.Mapping mapping)) {
      return wrong(field, value);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (var entry : mapping.entries().entrySet()) {
      var inner = new PlacedField(field.shape(), field.path() + "." + entry.getKey());
      values.put(entry.getKey(), scalar(inner, type, entry.getValue().value()));
    }
    return Collections.unmodifiableMap(values);
  }

  private Object nested(PlacedField field, RecordShape<?> shape, YamlValue value, String path) {
    if (!(value instanceof YamlValue.Mapping mapping)) {
      problems.error(value.place(), path + ": expected a mapping, found " + describe(field, value));
      return UNREADABLE;
    }
    long before = problems.errors();
    Object[] values = read(shape, mapping, path);
    if (problems.errors() > before) {
      return UNREADABLE;
    }
    try {
      return shape.make(values);
    } catch (IllegalArgumentException e) {
      problems.error(mapping.place(), path + ": " + e.getMessage());
      return UNREADABLE;
    }
  }

  private Object scalar(PlacedField field, ValueType type, YamlValue value) {
    if (!(value instanceof YamlValue.Scalar scalar)) {
      return wrong(field, value, type);
    }
    ResolvedText resolved = texts.resolve(scalar.text());
    for (String problem : resolved.problems()) {
      problem(field, value.place(), problem);
    }
    if (!resolved.problems().isEmpty()) {
      return UNREADABLE;
    }
    FieldShape shape = field.shape();
    boolean named = field.path().equals(key) || !shape.reference().isEmpty();
    if (named && (!isName(resolved.text()) || !resolved.secrets().isEmpty())) {
      String what = shape.reference().isEmpty() ? "a name" : shape.expected();
      problem(
          field,
          value.place(),
          "expected " + what + " without blanks around it, found " + value.describe());
      return UNREADABLE;
    }
    if (!shape.reference().isEmpty()) {
      references.putIfAbsent(new ObjectKey(shape.reference(), resolved.text()), value.place());
    }
    if (shape.service()) {
      services.add(resolved.text());
    }
    secrets.addAll(resolved.secrets());
    return typed(field, type, scalar, resolved);
  }

  private Object typed(
      PlacedField field, ValueType type, YamlValue.Scalar scalar, ResolvedText resolved) {
    if (!resolved.secrets().isEmpty() && !type.isText()) {
      return problem(field, scalar.place(), "a secret can only be a text");
    }
    Optional<Object> typed = type.parse(resolved.text());
    if (typed.isEmpty()) {
      return wrong(field, scalar, type);
    }
    if (resolved.secrets().isEmpty()) {
      field
          .shape()
          .outOfRange(type, typed.get())
          .ifPresent(message -> problem(field, scalar.place(), message));
    }
    return typed.get();
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.equals(text.strip())
        && text.chars().noneMatch(Character::isISOControl);
  }

  private Object wrong(PlacedField field, YamlValue value) {
    return problem(
        field,
        value.place(),
        "expected " + field.shape().expected() + ", found " + describe(field, value));
  }

  private Object wrong(PlacedField field, YamlValue value, ValueType type) {
    boolean whole = field.shape().type() instanceof FieldType.Entries;
    String expected = whole ? type.expected() : field.shape().expected();
    return problem(
        field, value.place(), "expected " + expected + ", found " + describe(field, value));
  }

  private static String describe(PlacedField field, YamlValue value) {
    return field.shape().secret() && value instanceof YamlValue.Scalar
        ? "something else"
        : value.describe();
  }

  private Object problem(PlacedField field, Place place, String message) {
    problems.error(place, field.path() + ": " + message);
    return UNREADABLE;
  }
}
