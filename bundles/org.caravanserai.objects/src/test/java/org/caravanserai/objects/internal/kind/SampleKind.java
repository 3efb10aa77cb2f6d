package org.caravanserai.objects.internal.kind;

import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;

/** The kind of {@link Sample}: port 666 is not for comments. */
final class SampleKind implements ObjectKind<Sample> {

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public Class<Sample> type() {
    return Sample.class;
  }

  @Override
  public void validate(Sample object) throws InvalidObjectException {
    if (object.port() == 666 && object.comment().isPresent()) {
      throw new InvalidObjectException("comment", "not at port 666");
    }
    if (object.port() == 667) {
      throw new InvalidObjectException("rate", "must be given at port 667");
    }
    if (object.port() == 668) {
      throw new IllegalStateException("confused");
    }
  }

  @Override
  public LiveObject<Sample> open(Sample object) {
    throw new UnsupportedOperationException();
  }
}
