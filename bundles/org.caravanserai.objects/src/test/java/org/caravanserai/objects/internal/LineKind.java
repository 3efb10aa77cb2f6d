package org.caravanserai.objects.internal;

import java.util.function.Supplier;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.ConnectionKind;
import org.caravanserai.spi.LiveConnection;

/** A kind of connections whose facade gives the number that it reaches now. */
final class LineKind implements ConnectionKind<Line, LineKind.Phone> {

  /** What services see. */
  interface Phone extends Supplier<String> {}

  private final String name;

  LineKind(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<Line> type() {
    return Line.class;
  }

  @Override
  public Class<Phone> facade() {
    return Phone.class;
  }

  @Override
  public LiveConnection<Line, Phone> open(Line object) {
    if (object.number().equals("busy")) {
      throw new IllegalStateException("the line is busy");
    }
    return new LiveConnection<>() {
      private volatile String number = object.number();

      @Override
      public Phone facade(Caller caller) {
        String now = number;
        return () -> now;
      }

      @Override
      public String ping() throws Exception {
        if (number.equals("dead")) {
          throw new java.io.IOException("nobody answers");
        }
        return "spoke to " + number;
      }

      @Override
      public void replace(Line changed) {
        number = changed.number();
      }

      @Override
      public void close() {
        number = "closed";
      }
    };
  }
}
