package org.caravanserai.runtime.internal;

import org.caravanserai.api.CallHooks;
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
 * @param hooks what it does around each call; {@code null} for nothing
 */
record Instance(
    Service<@Nullable Object, @Nullable Object> service,
    Binding binding,
    @Nullable ClassLoader loader,
    boolean own,
    @Nullable CallHooks<@Nullable Object, @Nullable Object> hooks) {

  /** The same, with the hooks that the service has. */
  @SuppressWarnings("unchecked") // they are of the service's own types
  Instance(
      Service<@Nullable Object, @Nullable Object> service,
      Binding binding,
      @Nullable ClassLoader loader,
      boolean own) {
    this(
        service,
        binding,
        loader,
        own,
        service instanceof CallHooks
            ? (CallHooks<@Nullable Object, @Nullable Object>) service
            : null);
  }

  /** Calls the service. */
  @SuppressWarnings("NullAway") // it takes the parameter of a generic method for never null
  @Nullable Object handle(@Nullable Object input, Context context) throws Exception {
    return service.handle(input, context);
  }
}
