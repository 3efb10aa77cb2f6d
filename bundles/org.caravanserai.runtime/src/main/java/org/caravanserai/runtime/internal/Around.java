package org.caravanserai.runtime.internal;

import org.caravanserai.api.CallHooks;
import org.jspecify.annotations.Nullable;

/**
 * What a service does around one call.
 *
 * @param hooks the service's own
 * @param input the call's input
 * @param call the call
 */
@SuppressWarnings("NullAway") // it takes the parameter of a generic method for never null
record Around(
    CallHooks<@Nullable Object, @Nullable Object> hooks, @Nullable Object input, Invocation call) {

  void before() throws Exception {
    hooks.before(input, call);
  }

  void after(@Nullable Object output) throws Exception {
    hooks.after(input, output, call);
  }

  /** Tells the service of a failure; its own ones go to the log. */
  void onError(Throwable failure) {
    try {
      hooks.onError(input, failure, call);
    } catch (Throwable fault) {
      call.slot().logger().error("{}: onError of {} failed", call.cid(), call.revision(), fault);
    }
  }
}
