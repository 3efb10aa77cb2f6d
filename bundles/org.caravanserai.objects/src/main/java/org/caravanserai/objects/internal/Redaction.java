package org.caravanserai.objects.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.caravanserai.objects.internal.kind.Definition;
import org.caravanserai.objects.internal.kind.TextReferences;

/** Takes the secrets of an object out of what others say about it. */
final class Redaction {

  private final List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
  }

  /**
   * That of an object.
   *
   * @param references that resolve secrets
   */
  static Redaction of(Definition definition, TextReferences references) {
    List<String> secrets = new ArrayList<>(definition.written().secrets().values());
    for (String name : definition.secrets()) {
      secrets.add(references.resolve(TextReferences.toSecret(name)).text());
    }
    secrets.removeIf(String::isEmpty);
    // A secret may hold another one.
    secrets.sort(Comparator.comparingInt(String::length).reversed());
    return new Redaction(secrets);
  }

  String apply(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, "***");
    }
    return redacted;
  }
}
