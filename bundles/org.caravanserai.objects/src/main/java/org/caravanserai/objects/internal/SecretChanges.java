package org.caravanserai.objects.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.objects.ConfigurationRefusedException.Reason;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.secret.SecretStore;

/**
 * What operators do to secrets, and what that does to the objects that refer to them. Confined to
 * one thread.
 *
 * @param store the secrets
 * @param objects all objects
 */
record SecretChanges(SecretStore store, HeldObjects objects) {

  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}}]{1,500}");

  /** Refuses what can't be the name of a secret. */
  static void mustBeName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigurationRefusedException(
          Reason.INVALID,
          "the name of a secret has 1 to 500 characters, none of them a control character or }");
    }
  }

  /** All names, in order. */
  List<String> names() {
    return List.copyOf(store.names());
  }

  /** Gives a secret a value; objects that refer to it open with it. */
  void set(String name, String value) throws IOException {
    store.apply(store.change(Map.of(name, value), List.of()));
    objects.definitions().stream()
        .filter(each -> each.secrets().contains(name))
        .forEach(each -> objects.secretCame(each.key()));
    objects.settle();
  }

  /** Takes a secret away that no object refers to. */
  void delete(String name) throws IOException {
    if (!store.names().contains(name)) {
      throw new ConfigurationRefusedException(Reason.UNKNOWN, "There is no secret " + name);
    }
    for (Definition definition : objects.definitions()) {
      if (definition.secrets().contains(name)) {
        throw new ConfigurationRefusedException(
            Reason.CONFLICT, definition.key() + " refers to secret " + name);
      }
    }
    store.apply(store.change(Map.of(), List.of(name)));
  }

  /** Encrypts all of them anew, with the key that is the current one. */
  void rotate() throws IOException {
    try {
      store.rotate();
    } catch (IllegalStateException e) {
      throw new ConfigurationRefusedException(Reason.CONFLICT, String.valueOf(e.getMessage()));
    }
  }
}
