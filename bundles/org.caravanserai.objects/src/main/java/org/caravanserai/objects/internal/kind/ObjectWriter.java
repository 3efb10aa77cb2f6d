package org.caravanserai.objects.internal.kind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Writes an item that was read without error in the one way of files that we write. */
final class ObjectWriter {

  private static final Pattern OWN_SECRET = Pattern.compile("\\$\\{secret:([^}]+)}");

  private final String prefix;
  private final RecordShape<?> shape;
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final List<Place> mixed = new ArrayList<>();
  private final Set<String> referred = new HashSet<>();

  ObjectWriter(String kind, String name, RecordShape<?> shape) {
    this.prefix = kind + "/" + TextReferences.inReference(name);
    this.shape = shape;
  }

  WrittenObject write(YamlValue.Mapping item) {
    note(item);
    return new WrittenObject(fields(shape, item, prefix), secrets, mixed);
  }

  /** What is referred to already keeps its name. */
  private void note(YamlValue value) {
    if (value instanceof YamlValue.Scalar scalar) {
      Matcher matcher = OWN_SECRET.matcher(scalar.text());
      while (matcher.find()) {
        referred.add(matcher.group(1));
      }
    } else if (value instanceof YamlValue.Items items) {
      items.items().forEach(this::note);
    } else {
      ((YamlValue.Mapping) value).entries().values().forEach(entry -> note(entry.value()));
    }
  }

  private Map<String, Object> fields(RecordShape<?> record, YamlValue.Mapping item, String path) {
    Map<String, Object> written = new LinkedHashMap<>();
    for (FieldShape field : record.fields()) {
      YamlValue.Entry entry = field.in(item);
      if (entry == null) {
        continue;
      }
      Object value = value(field, field.type(), entry.value(), path + "/" + field.name());
      if (!isDefault(field, value)) {
        written.put(field.name(), value);
      }
    }
    return written;
  }

  private Object value(FieldShape field, FieldType type, YamlValue value, String path) {
    if (type instanceof FieldType.Items list) {
      List<YamlValue> items =
          value instanceof YamlValue.Items several ? several.items() : List.of(value);
      List<Object> written = new ArrayList<>();
      for (YamlValue item : items) {
        written.add(value(field, list.item(), item, path + "/" + written.size()));
      }
      return written;
    }
    if (type instanceof FieldType.Nested nested) {
      return fields(nested.shape(), (YamlValue.Mapping) value, path);
    }
    if (type instanceof FieldType.Entries entries) {
      Map<String, Object> written = new LinkedHashMap<>();
      ((YamlValue.Mapping) value)
          .entries()
          .forEach(
              (key, entry) ->
                  written.put(
                      key,
                      scalar(
                          field,
                          entries.value(),
                          (YamlValue.Scalar) entry.value(),
                          path + "/" + TextReferences.inReference(key))));
      return written;
    }
    if (type instanceof FieldType.Tree) {
      return Objects.requireNonNull(tree(value));
    }
    return scalar(field, ((FieldType.Scalar) type).type(), (YamlValue.Scalar) value, path);
  }

  private static @Nullable Object tree(YamlValue value) {
    if (value instanceof YamlValue.Items items) {
      List<@Nullable Object> written = new ArrayList<>();
      items.items().forEach(item -> written.add(tree(item)));
      return written;
    }
    if (value instanceof YamlValue.Mapping mapping) {
      Map<String, @Nullable Object> written = new LinkedHashMap<>();
      mapping.entries().forEach((key, entry) -> written.put(key, tree(entry.value())));
      return written;
    }
    YamlValue.Scalar scalar = (YamlValue.Scalar) value;
    String text = TextReferences.ofOurs(scalar.text());
    return TextReferences.isReferring(text) || text.contains("$${") ? text : PlainScalar.of(scalar);
  }

  private Object scalar(FieldShape field, ValueType type, YamlValue.Scalar scalar, String path) {
    String text = TextReferences.ofOurs(scalar.text());
    if (field.secret() && !isPublicDefault(field, text)) {
      return TextReferences.isReference(text) ? text : moved(text, path, scalar.place());
    }
    if (TextReferences.isReferring(text)) {
      return text;
    }
    return type.isText() ? text : type.parse(text).map(type::written).orElse(text);
  }

  /** What everybody can read in the reference of the kind is no secret. */
  private static boolean isPublicDefault(FieldShape field, String text) {
    return field.absent().equals(Optional.of(text));
  }

  private String moved(String text, String path, Place place) {
    if (TextReferences.isReferring(text)) {
      mixed.add(place);
    }
    String name = path;
    for (int i = 2; referred.contains(name); i++) {
      name = path + "-" + i;
    }
    referred.add(name);
    secrets.put(name, text.replace("$${", "${"));
    return TextReferences.toSecret(name);
  }

  private static boolean isDefault(FieldShape field, Object written) {
    if (field.optional() || field.absent().isEmpty()) {
      return false;
    }
    Object absent = field.absent().get();
    FieldType type = field.type();
    if (type instanceof FieldType.Scalar scalar) {
      return written.equals(escaped(scalar.type().written(absent)));
    }
    if (type instanceof FieldType.Items items && items.item() instanceof FieldType.Scalar scalar) {
      List<Object> list =
          ((List<?>) absent).stream().map(each -> escaped(scalar.type().written(each))).toList();
      return written.equals(list);
    }
    return written instanceof Map<?, ?> map
        ? map.isEmpty()
        : written instanceof List<?> list && list.isEmpty();
  }

  private static Object escaped(Object value) {
    return value instanceof String text ? TextReferences.escaped(text) : value;
  }
}
