package org.caravanserai.runtime.internal;

import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.runtime.internal.binding.Binding;
import org.jspecify.annotations.Nullable;

/**
 * What a revision lets go of when it is retired.
 *
 * @param service the service's one instance
 * @param binding its readers and writers
 * @param loader the class loader of its class
 * @param own whether it was made for the revision, and is closed with it
 */
record Instance(
    Service<@Nullable Object, @Nullable Object> service,
    Binding binding,
    @Nullable ClassLoader loader,
    boolean own) {

  /** Calls the service. */
  @SuppressWarnings("NullAway") // it takes the parameter of a generic method for never null
  @Nullable Object handle(@Nullable Object input, Context context) throws Exception {
    return service.handle(input, context);
  }
}
