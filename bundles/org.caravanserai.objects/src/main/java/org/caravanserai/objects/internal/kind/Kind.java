package org.caravanserai.objects.internal.kind;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * A kind of objects whose bundle is there.
 *
 * @param <C> its record
 */
public final class Kind<C extends Record> {

  private final ObjectKind<C> service;
  private final Class<C> type;
  private final String name;
  private final String key;
  private final RecordShape<C> shape;

  private Kind(ObjectKind<C> service) {
    this.service = service;
    this.name = service.name();
    this.type = service.type();
    this.key = service.key();
    this.shape = RecordShape.of(type, key);
  }

  /**
   * Reads the fields of a kind.
   *
   * @throws IllegalArgumentException if its record can't be read; the message says why
   */
  public static <C extends Record> Kind<C> of(ObjectKind<C> service) {
    return new Kind<>(service);
  }

  /** As configuration spells it. */
  public String name() {
    return name;
  }

  /** Whether it is that service's. */
  public boolean isOf(ObjectKind<?> other) {
    return service == other;
  }

  /** The kinds that its fields refer to. */
  public Set<String> referencedKinds() {
    return shape.fields().stream()
        .flatMap(field -> field.references().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The field by which its objects are known. */
  public String key() {
    return key;
  }

  /** What it looks like from outside. */
  public KindInfo info() {
    return new KindInfo(name, key, KindSchema.of(name, service.help(), shape));
  }

  /**
   * Reads an item of a file.
   *
   * @return the definition; empty if something is wrong with it
   */
  public Optional<Definition> read(
      YamlValue.Mapping item, TextReferences references, Problems problems) {
    FieldReader reader = new FieldReader(name, key, references, problems);
    long before = problems.errors();
    Object[] values = reader.read(shape, item);
    if (problems.errors() > before) {
      return Optional.empty();
    }
    return make(values, item, problems)
        .map(
            object ->
                new Definition(
                    this,
                    String.valueOf(valueOf(key, values)),
                    object,
                    !Boolean.FALSE.equals(valueOf("is_active", values)),
                    reader.references(),
                    reader.secrets(),
                    item))
        .filter(definition -> isValid(type.cast(definition.object()), definition, item, problems));
  }

  private @Nullable Object valueOf(String field, Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (shape.fields().get(i).name().equals(field)) {
        return values[i];
      }
    }
    return null;
  }

  /**
   * The record of a definition, with its secrets in it.
   *
   * @param references that resolve secrets too
   * @throws InvalidObjectException if it makes no sense with them
   */
  public Record resolve(Definition definition, TextReferences references)
      throws InvalidObjectException {
    if (definition.secrets().isEmpty()) {
      return definition.object();
    }
    Problems problems = new Problems(definition.toString());
    Object[] values =
        new FieldReader(name, key, references, problems).read(shape, definition.source());
    if (problems.errors() > 0) {
      throw new InvalidObjectException("", problems.list().get(0).message());
    }
    C object = shape.make(values);
    service.validate(object);
    return object;
  }

  /** The fields of a definition as they are written in files that we write. */
  WrittenObject written(Definition definition) {
    return new ObjectWriter(name, definition.name(), shape).write(definition.source());
  }

  private Optional<C> make(Object[] values, YamlValue.Mapping item, Problems problems) {
    try {
      return Optional.of(shape.make(values));
    } catch (IllegalArgumentException e) {
      problems.error(item.place(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** An object that waits for a secret is validated once the secret is there. */
  private boolean isValid(
      C object, Definition definition, YamlValue.Mapping item, Problems problems) {
    if (!definition.secrets().isEmpty()) {
      return true;
    }
    try {
      service.validate(object);
      return true;
    } catch (InvalidObjectException e) {
      YamlValue.Entry entry = item.entries().get(e.field());
      Place place = entry == null ? item.place() : entry.value().place();
      problems.error(place, e.field() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      problems.error(item.place(), "can't be checked: " + e);
    }
    return false;
  }

  /**
   * Opens an object.
   *
   * @param object a record of this kind
   */
  public Operation open(Record object) throws Exception {
    return new Running(service.open(type.cast(object)));
  }

  private final class Running implements Operation {

    private final LiveObject<C> live;

    Running(LiveObject<C> live) {
      this.live = live;
    }

    @Override
    public void replace(Record object) throws Exception {
      live.replace(type.cast(object));
    }

    @Override
    public void close() {
      live.close();
    }
  }
}
