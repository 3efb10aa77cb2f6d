package org.caravanserai.objects.internal.kind;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields of a kind's record, or of a record inside one.
 *
 * @param <C> the record
 */
final class RecordShape<C extends Record> {

  private final Class<C> type;
  private final Constructor<C> constructor;
  private final List<FieldShape> fields;

  private RecordShape(Class<C> type, Constructor<C> constructor, List<FieldShape> fields) {
    this.type = type;
    this.constructor = constructor;
    this.fields = fields;
  }

  /**
   * Reads the shape of a kind's record.
   *
   * @param key the field by which objects are known
   * @throws IllegalArgumentException if it can't be the record of a kind; the message says why
   */
  static <C extends Record> RecordShape<C> of(Class<C> type, String key) {
    RecordComponent[] components = type.getRecordComponents();
    if (key.equals("name")
        && (components == null
            || components.length == 0
            || !components[0].getName().equals("name")
            || components[0].getType() != String.class)) {
      throw new IllegalArgumentException(
          "the first component of " + type.getName() + " must be String name");
    }
    RecordShape<C> shape = ofNested(type);
    boolean hasKey =
        shape.fields.stream()
            .anyMatch(
                field ->
                    field.name().equals(key)
                        && field.absent().isEmpty()
                        && field.type() instanceof FieldType.Scalar scalar
                        && scalar.type().isText());
    if (!hasKey) {
      throw new IllegalArgumentException(
          type.getName() + " must have a required text `" + key + "`, its key");
    }
    return shape.withCommonFields();
  }

  private RecordShape<C> withCommonFields() {
    if (fields.stream().anyMatch(field -> field.isNamed(FieldShape.REQUIRED.name()))) {
      throw new IllegalArgumentException(
          type.getName() + " must not have `required`, which every kind has");
    }
    List<FieldShape> all = new ArrayList<>(fields);
    all.add(FieldShape.REQUIRED);
    return new RecordShape<>(type, constructor, List.copyOf(all));
  }

  /**
   * Reads the shape of a record inside another.
   *
   * @throws IllegalArgumentException if it can't be read; the message says why
   */
  static <C extends Record> RecordShape<C> ofNested(Class<C> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null || components.length == 0) {
      throw new IllegalArgumentException(type.getName() + " has no components");
    }
    List<FieldShape> fields = Arrays.stream(components).map(FieldShape::of).toList();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<C> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordShape<>(type, constructor, fields);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type.getName() + " has no canonical constructor", e);
    }
  }

  List<FieldShape> fields() {
    return fields;
  }

  Set<String> names() {
    return fields.stream().map(FieldShape::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a file may call a field so. */
  boolean knows(String written) {
    return fields.stream().anyMatch(field -> field.isNamed(written));
  }

  /** The record whose fields are all absent. */
  C makeOfDefaults() {
    return make(
        fields.stream()
            .map(
                field ->
                    field
                        .absent()
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    type.getName() + "." + field.name() + " has no default")))
            .toArray());
  }

  /**
   * Makes a record.
   *
   * @param values one for each field, in their order; those of fields that every kind has are not
   *     the record's
   * @throws IllegalArgumentException if the record refuses them; the message says why
   */
  C make(Object[] values) {
    try {
      return constructor.newInstance(Arrays.copyOf(values, constructor.getParameterCount()));
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw new IllegalArgumentException(
          String.valueOf(cause == null ? e.getMessage() : cause.getMessage()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }
}
