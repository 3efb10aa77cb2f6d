package org.caravanserai.objects.internal;

import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Tells the objects which kinds come and go. */
@Component(service = KindTracker.class, immediate = true)
public final class KindTracker {

  private final ObjectsComponent objects;
  private volatile boolean isStopping;

  /** The kinds that are there already come next. */
  @Activate
  public KindTracker(@Reference ObjectsComponent objects) {
    this.objects = objects;
  }

  /** A kind has come. */
  @Reference(
      service = ObjectKind.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public void bindKind(ObjectKind<?> kind) {
    objects.kindCame(kind);
  }

  /** A kind goes. */
  public void unbindKind(ObjectKind<?> kind) {
    if (!isStopping) {
      objects.kindWent(kind);
    }
  }

  /** The objects go, and close all at once: no kind is told of by itself any more. */
  @Deactivate
  public void stop() {
    isStopping = true;
  }
}
