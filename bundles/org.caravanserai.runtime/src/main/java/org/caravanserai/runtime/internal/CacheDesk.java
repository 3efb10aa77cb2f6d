package org.caravanserai.runtime.internal;

import org.caravanserai.api.Cache;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.CacheSource;
import org.jspecify.annotations.Nullable;

/** Where services get their caches. */
final class CacheDesk {

  private static final int RETRY_AFTER_SECONDS = 1;

  private volatile @Nullable CacheSource<Cache> source;

  void bind(CacheSource<Cache> arrived) {
    source = arrived;
  }

  void unbind(CacheSource<Cache> gone) {
    if (source == gone) {
      source = null;
    }
  }

  /** The default cache, for a call. */
  Cache usual(Invocation call) {
    return source().usual(caller(call));
  }

  /** A cache, for a call. */
  Cache named(String name, Invocation call) {
    return source().named(name, caller(call));
  }

  private CacheSource<Cache> source() {
    CacheSource<Cache> known = source;
    if (known == null) {
      throw new ServiceException(
          503, "The caches of this server are not there yet", null, RETRY_AFTER_SECONDS);
    }
    return known;
  }

  private static ServiceCaller caller(Invocation call) {
    if (call.holdings().hasEnded()) {
      throw new IllegalStateException("The call of " + call.service() + " has ended");
    }
    return new ServiceCaller(call);
  }
}
