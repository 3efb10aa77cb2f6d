package org.caravanserai.shell.internal;

import java.util.Locale;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectInfo;

/** What has become of an object, in words. */
final class ObjectWords {

  private ObjectWords() {}

  static String of(ConfiguredObject object) {
    ObjectInfo info = object.info();
    return info.kind()
        + " "
        + info.name()
        + " is "
        + info.state().name().toLowerCase(Locale.ROOT)
        + info.reason().map(why -> ": " + why).orElse("");
  }
}
