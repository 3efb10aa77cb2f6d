package org.caravanserai.objects.internal.kind;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.caravanserai.spi.ConnectionKind;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveConnection;
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
  private final OpenConnections connections;

  private Kind(ObjectKind<C> service, OpenConnections connections) {
    this.service = service;
    this.connections = connections;
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
    return of(service, new OpenConnections());
  }

  /**
   * Reads the fields of a kind.
   *
   * @param connections told which connections of the kind are open
   * @throws IllegalArgumentException if its record can't be read; the message says why
   */
  public static <C extends Record> Kind<C> of(ObjectKind<C> service, OpenConnections connections) {
    return new Kind<>(service, connections);
  }

  /** As configuration spells it. */
  public String name() {
    return name;
  }

  /** What services see of its objects; empty if they are no connections. */
  public Optional<Class<?>> facade() {
    return service instanceof ConnectionKind<C, ?> connecting
        ? Optional.of(connecting.facade())
        : Optional.empty();
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
    return new KindInfo(
        name, key, facade().isPresent(), KindSchema.of(name, service.help(), shape));
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
                    Boolean.TRUE.equals(valueOf(FieldShape.REQUIRED.name(), values)),
                    reader.references(),
                    reader.secrets(),
                    reader.services(),
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
   * @param called its name
   * @param object a record of this kind
   */
  public Operation open(String called, Record object) throws Exception {
    C opening = type.cast(object);
    return service instanceof ConnectionKind<C, ?> connecting
        ? connect(connecting, called, opening)
        : new Running(service.open(opening), () -> {});
  }

  /**
   * Opens a connection that nobody but the caller gets to see.
   *
   * @param object a record of this kind
   * @return the connection; empty if objects of this kind are none
   */
  public Optional<LiveConnection<?, ?>> openAside(Record object) throws Exception {
    return service instanceof ConnectionKind<C, ?> connecting
        ? Optional.of(connecting.open(type.cast(object)))
        : Optional.empty();
  }

  private <F> Operation connect(ConnectionKind<C, F> connecting, String called, C opening)
      throws Exception {
    LiveConnection<C, F> live = connecting.open(opening);
    try {
      connections.opened(connecting.facade(), new ObjectKey(name, called), live);
    } catch (RuntimeException e) {
      live.close();
      throw e;
    }
    return new Running(live, () -> connections.closed(connecting.facade(), called, live));
  }

  private final class Running implements Operation {

    private final LiveObject<C> live;
    private final Runnable farewell;

    Running(LiveObject<C> live, Runnable farewell) {
      this.live = live;
      this.farewell = farewell;
    }

    @Override
    public void replace(Record object) throws Exception {
      live.replace(type.cast(object));
    }

    @Override
    public void removed() {
      live.removed();
    }

    @Override
    public void close() {
      farewell.run();
      live.close();
    }
  }
}
