package org.caravanserai.runtime.internal;

import org.caravanserai.api.Cache;
import org.caravanserai.spi.CacheSource;

/** Where services get their caches. */
final class CacheDesk {

  private final Plugged<CacheSource<Cache>> source;

  CacheDesk(Plugged<CacheSource<Cache>> source) {
    this.source = source;
  }

  /** The default cache, for a call. */
  Cache usual(Invocation call) {
    return source.get().usual(caller(call));
  }

  /** A cache, for a call. */
  Cache named(String name, Invocation call) {
    return source.get().named(name, caller(call));
  }

  private static ServiceCaller caller(Invocation call) {
    if (call.holdings().hasEnded()) {
      throw new IllegalStateException("The call of " + call.service() + " has ended");
    }
    return new ServiceCaller(call);
  }
}
