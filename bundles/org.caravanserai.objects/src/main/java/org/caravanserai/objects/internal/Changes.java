package org.caravanserai.objects.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.Condition;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.objects.ConfigurationRefusedException.Reason;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.Kind;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.yaml.Problems;

/**
 * What the API does to one object of the store. Confined to one thread.
 *
 * @param ground what is changed
 */
record Changes(Edit.Ground ground, Checks checks) {

  /** The name of a connection that is tried; longer names would not fit everywhere. */
  private static final String TRIED = "(test)";

  /**
   * Makes an object what a document says.
   *
   * @param isDry whether it is only looked whether that would be refused
   * @return the kinds that have changed
   */
  Set<String> put(
      String kindName,
      String name,
      byte[] document,
      Condition condition,
      boolean detach,
      boolean isDry)
      throws IOException {
    Kind<?> kind = checks.known(kindName);
    ObjectKey key = new ObjectKey(kindName, name);
    checks.mustBeMended(kindName);
    Optional<Origin> origin = ground.objects().origin(key);
    checks.mustMatch(key, condition);
    if (origin.isPresent() && checks.isOfFile(origin.get()) && !detach) {
      throw Checks.ofFile(key, origin.get());
    }
    Problems problems = new Problems(key.toString());
    Optional<Definition> read =
        ground
            .yaml()
            .read(document, problems)
            .map(item -> item.withDefault(kind.key(), name))
            .flatMap(item -> kind.read(item, ground.references(), problems));
    if (read.isPresent()) {
      Definition definition = read.get();
      if (!definition.name().equals(name)) {
        problems.error(
            definition.source().place(),
            "%s: expected `%s`, as in the path".formatted(kind.key(), name));
      }
      checks.check(List.of(item(definition, problems.file())), Set.of(), problems);
    }
    Checks.refuseErrors(Reason.INVALID, problems);
    Definition definition = read.orElseThrow();
    if (isDry) {
      return Set.of();
    }
    if (origin.isEmpty() || checks.isOfFile(origin.get()) || checks.isDifferent(definition)) {
      Edit edit = new Edit(ground);
      edit.put(definition);
      edit.make();
      return edit.kinds();
    }
    return Set.of();
  }

  /** What a document says of a connection that is tried, under a name that no other one has. */
  Definition trial(String kindName, byte[] document) {
    Kind<?> kind = checks.known(kindName);
    if (kind.facade().isEmpty()) {
      throw new ConfigurationRefusedException(
          Reason.CONFLICT, kindName + " is no kind of connection, there is nothing to reach");
    }
    Problems problems = new Problems(kindName);
    Optional<Definition> read =
        ground
            .yaml()
            .read(document, problems)
            .map(item -> item.with(kind.key(), TRIED))
            .flatMap(item -> kind.read(item, ground.references(), problems));
    read.ifPresent(
        definition -> checks.check(List.of(item(definition, problems.file())), Set.of(), problems));
    Checks.refuseErrors(Reason.INVALID, problems);
    return read.orElseThrow();
  }

  private static Item item(Definition definition, String file) {
    return new Item(definition.key(), file, definition.source().place(), Optional.of(definition));
  }

  /** Takes an object away; gives the kinds that have changed. */
  Set<String> delete(String kind, String name, Condition condition) throws IOException {
    ObjectKey key = new ObjectKey(kind, name);
    Origin origin =
        ground
            .objects()
            .origin(key)
            .orElseThrow(
                () -> new ConfigurationRefusedException(Reason.UNKNOWN, "There is no " + key));
    checks.known(kind);
    checks.mustBeMended(kind);
    checks.mustMatch(key, condition);
    if (!origin.isStore()) {
      throw Checks.ofFile(key, origin);
    }
    List<ObjectKey> referrers = checks.references(List.of(), Set.of(key)).referrers(Set.of(key));
    if (!referrers.isEmpty()) {
      throw new ConfigurationRefusedException(
          Reason.CONFLICT, referrers.get(0) + " refers to " + key);
    }
    Edit edit = new Edit(ground);
    edit.remove(key);
    edit.make();
    return edit.kinds();
  }

  /** Puts away what was written in clear by hand; gives nothing if that can't be stored now. */
  void hideSecrets(String kind) {
    List<Definition> inClear = ground.stored().inClear(kind);
    if (inClear.isEmpty()) {
      return;
    }
    Edit edit = new Edit(ground);
    inClear.forEach(edit::put);
    try {
      edit.make();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
