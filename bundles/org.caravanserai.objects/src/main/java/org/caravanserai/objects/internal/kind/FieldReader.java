package org.caravanserai.objects.internal.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlValue;

/** Reads the fields of one item, and collects what they refer to. */
final class FieldReader {

  private static final Object UNREADABLE = new Object();

  private final TextReferences texts;
  private final Problems problems;
  private final List<ObjectKey> references = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();

  FieldReader(TextReferences texts, Problems problems) {
    this.texts = texts;
    this.problems = problems;
  }

  /** The objects that the fields read so far refer to. */
  List<ObjectKey> references() {
    return List.copyOf(references);
  }

  /** The secrets that the fields read so far refer to. */
  List<String> secrets() {
    return List.copyOf(secrets);
  }

  /** The value of a field as its record wants it; without meaning once there is a problem. */
  Object read(FieldShape field, YamlValue.Mapping item, String kind) {
    YamlValue.Entry entry = item.entries().get(field.name());
    boolean isNull = entry != null && entry.value() instanceof YamlValue.Scalar s && s.isNull();
    if (entry == null || isNull) {
      return field.absent().orElseGet(() -> missing(field, item, kind));
    }
    Object value = field.list() ? list(field, entry.value()) : scalar(field, entry.value());
    return field.optional() ? Optional.of(value) : value;
  }

  private Object missing(FieldShape field, YamlValue.Mapping item, String kind) {
    problems.error(item.place(), "missing field `%s` of `%s`".formatted(field.name(), kind));
    return UNREADABLE;
  }

  /**
   * A list of one item may be written without its brackets, as Zato does with a channel's method.
   */
  private Object list(FieldShape field, YamlValue value) {
    if (value instanceof YamlValue.Scalar) {
      return List.of(scalar(field, value));
    }
    if (!(value instanceof YamlValue.Items items)) {
      return wrong(field, value);
    }
    List<Object> values = new ArrayList<>();
    for (YamlValue item : items.items()) {
      boolean isNull = item instanceof YamlValue.Scalar scalar && scalar.isNull();
      values.add(isNull ? wrong(field, item) : scalar(field, item));
    }
    return List.copyOf(values);
  }

  private Object scalar(FieldShape field, YamlValue value) {
    if (!(value instanceof YamlValue.Scalar scalar)) {
      return wrong(field, value);
    }
    ResolvedText resolved = texts.resolve(scalar.text());
    for (String problem : resolved.problems()) {
      problem(field, value.place(), problem);
    }
    if (!resolved.problems().isEmpty()) {
      return UNREADABLE;
    }
    boolean named = field.name().equals("name") || !field.reference().isEmpty();
    if (named && (!isName(resolved.text()) || !resolved.secrets().isEmpty())) {
      String what = field.reference().isEmpty() ? "a name" : field.expected();
      problem(
          field,
          value.place(),
          "expected " + what + " without blanks around it, found " + value.describe());
      return UNREADABLE;
    }
    if (!field.reference().isEmpty()) {
      references.add(new ObjectKey(field.reference(), resolved.text()));
    }
    secrets.addAll(resolved.secrets());
    return typed(field, scalar, resolved);
  }

  private Object typed(FieldShape field, YamlValue.Scalar scalar, ResolvedText resolved) {
    Optional<Object> typed = field.type().parse(resolved.text());
    if (typed.isEmpty()) {
      return wrong(field, scalar);
    }
    if (resolved.secrets().isEmpty()) {
      field.outOfRange(typed.get()).ifPresent(message -> problem(field, scalar.place(), message));
    }
    return typed.get();
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.equals(text.strip())
        && text.chars().noneMatch(Character::isISOControl);
  }

  private Object wrong(FieldShape field, YamlValue value) {
    String found =
        field.secret() && value instanceof YamlValue.Scalar ? "something else" : value.describe();
    problem(field, value.place(), "expected " + field.expected() + ", found " + found);
    return UNREADABLE;
  }

  private void problem(FieldShape field, Place place, String message) {
    problems.error(place, field.name() + ": " + message);
  }
}
