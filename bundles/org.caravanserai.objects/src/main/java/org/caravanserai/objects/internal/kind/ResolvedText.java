package org.caravanserai.objects.internal.kind;

import java.util.List;

/**
 * A text with its references to the environment resolved.
 *
 * @param text the text; references to secrets are still in it
 * @param secrets the names of the secrets that it refers to
 * @param problems what is wrong with its references, in words
 */
public record ResolvedText(String text, List<String> secrets, List<String> problems) {

  /** What it refers to; not the text, which may hold secrets. */
  @Override
  public String toString() {
    return "ResolvedText" + secrets;
  }
}
