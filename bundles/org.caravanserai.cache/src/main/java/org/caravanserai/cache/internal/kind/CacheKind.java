package org.caravanserai.cache.internal.kind;

import org.caravanserai.cache.internal.LiveCaches;
import org.caravanserai.cache.internal.Terms;
import org.caravanserai.cache.internal.http.CacheRest;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code cache}. */
@Component(service = ObjectKind.class, immediate = true)
public final class CacheKind implements ObjectKind<CacheObject> {

  private final LiveCaches caches;
  private final CacheRest rest;

  /** A kind without objects. */
  @Activate
  public CacheKind(@Reference LiveCaches caches, @Reference CacheRest rest) {
    this.caches = caches;
    this.rest = rest;
  }

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public String help() {
    return "A cache that all services share; one called default is there without being configured.";
  }

  @Override
  public Class<CacheObject> type() {
    return CacheObject.class;
  }

  @Override
  public LiveObject<CacheObject> open(CacheObject object) throws RouteConflictException {
    apply(object);
    return new LiveObject<>() {
      @Override
      public void replace(CacheObject changed) throws RouteConflictException {
        apply(changed);
      }

      @Override
      public void close() {
        rest.revoke(object.name());
        caches.remove(object.name());
      }
    };
  }

  private void apply(CacheObject object) throws RouteConflictException {
    caches.checkDefault(object.name(), object.isDefault());
    rest.grant(object.name(), object.security());
    caches.open(
        object.name(),
        new Terms(
            object.maxSize(),
            object.maxItemSize(),
            object.extendExpiryOnGet(),
            object.extendExpiryOnSet(),
            object.expiry()),
        object.isDefault());
  }
}
