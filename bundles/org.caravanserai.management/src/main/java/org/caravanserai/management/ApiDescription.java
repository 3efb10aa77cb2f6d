package org.caravanserai.management;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The description of the admin API. */
@ProviderType
public interface ApiDescription {

  /** It is, as OpenAPI 3.1: maps, lists, texts, numbers and booleans. */
  Map<String, Object> document();
}
