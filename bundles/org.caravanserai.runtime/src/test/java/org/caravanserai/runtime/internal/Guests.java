package org.caravanserai.runtime.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

/** Services and their types, which tests load by class loaders of their own. */
public final class Guests {

  private Guests() {}

  /** A kind of guest. */
  public enum Kind {
    NEW,
    OLD
  }

  /** A guest. */
  public record Guest(String name, Kind kind, Optional<Guest> with, List<Integer> rooms) {}

  /** Greets guests. */
  @ServiceName("test.greeter")
  public static class Greeter implements Service<Guest, Guest> {
    @Override
    public Guest handle(Guest input, Context context) {
      return new Guest("Dear " + input.name(), Kind.OLD, Optional.of(input), List.of(1));
    }
  }

  /** Calls the greeter with guests of its own. */
  @ServiceName("test.host")
  public static class Host implements Service<Map<String, Object>, String> {
    @Override
    public String handle(Map<String, Object> input, Context context) {
      Guest guest = new Guest("Ann", Kind.NEW, Optional.empty(), List.of());
      Guest greeted = context.invoke("test.greeter", guest, Guest.class);
      return greeted.name() + context.invokeAsync("test.greeter", guest, Guest.class);
    }
  }
}
