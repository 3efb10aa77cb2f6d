package org.caravanserai.objects.internal;

import java.util.List;
import java.util.Optional;
import org.caravanserai.objects.internal.kind.ObjectKey;
import org.caravanserai.objects.internal.store.KindText;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.caravanserai.spi.Diagnostic;

/**
 * The file of a kind in the store, as it is in effect.
 *
 * @param text its content
 * @param root what that says
 * @param keys its objects, in order
 * @param layout the content, cut; empty if it can't be cut
 */
record StoredKind(
    String text, YamlValue.Mapping root, List<ObjectKey> keys, Optional<KindText> layout) {

  /**
   * A file as it was last seen.
   *
   * @param stamp tells whether it has changed since
   * @param refusal why it is not in effect; empty if it is
   */
  record Seen(Optional<String> stamp, List<Diagnostic> refusal) {}
}
