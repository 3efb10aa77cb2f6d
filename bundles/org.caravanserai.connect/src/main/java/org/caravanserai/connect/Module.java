package org.caravanserai.connect;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a bundle is made of when its classes are not the framework's to load. */
public interface Module {

  /** The headers of its manifest. */
  Map<String, String> headers();

  /** The paths of its entries, such as {@code com/acme/Hello.class}. */
  Set<String> entries();

  /** The content of an entry; empty if there is none of that path. */
  Optional<byte[]> entry(String path);

  /** What loads its classes; asked for once whenever the bundle is resolved. */
  ClassLoader loader();
}
