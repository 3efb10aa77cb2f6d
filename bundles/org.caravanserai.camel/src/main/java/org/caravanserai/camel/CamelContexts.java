package org.caravanserai.camel;

import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Equips Camel contexts with what is the server's. */
@ProviderType
public interface CamelContexts {

  /**
   * Gives a context the components of all connectors, and {@code service:} and {@code connection:}.
   *
   * @param context a context that has not been built
   * @param own the class loader of classes that only its routes use; {@code null} if there are none
   * @param entrances takes the routes that start from {@code service:}
   */
  void equip(DefaultCamelContext context, @Nullable ClassLoader own, ServiceEntrances entrances);
}
