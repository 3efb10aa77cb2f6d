package org.caravanserai.objects.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;

/**
 * A kind whose objects hold something exclusively while they are open, and which writes down what
 * happens.
 */
final class TestKind<C extends Record> implements ObjectKind<C> {

  private final String name;
  private final Class<C> type;
  private final Function<C, String> needs;
  final List<String> events;
  final Map<String, C> taken = new ConcurrentHashMap<>();
  final Set<String> blocked = ConcurrentHashMap.newKeySet();
  final List<String> removed = new CopyOnWriteArrayList<>();

  TestKind(String name, Class<C> type, Function<C, String> needs, List<String> events) {
    this.name = name;
    this.type = type;
    this.needs = needs;
    this.events = events;
  }

  static TestKind<Lock> locks(List<String> events) {
    return new TestKind<>("lock", Lock.class, Lock::name, events);
  }

  static TestKind<Door> doors(List<String> events) {
    return new TestKind<>("door", Door.class, Door::place, events);
  }

  static List<String> events() {
    return new CopyOnWriteArrayList<>();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<C> type() {
    return type;
  }

  private void take(C object) {
    String needed = needs.apply(object);
    if (blocked.contains(needed)) {
      throw new IllegalStateException(needed + " is blocked");
    }
    C before = taken.putIfAbsent(needed, object);
    if (before != null) {
      throw new IllegalStateException(needed + " is taken");
    }
  }

  private static String nameOf(Record object) {
    return object instanceof Door door ? door.name() : ((Lock) object).name();
  }

  @Override
  public LiveObject<C> open(C object) {
    take(object);
    events.add("open " + nameOf(object));
    return new LiveObject<>() {
      private C current = object;

      @Override
      public void replace(C changed) {
        if (needs.apply(changed).equals(needs.apply(current))) {
          taken.put(needs.apply(changed), changed);
        } else {
          take(changed);
          taken.remove(needs.apply(current));
        }
        current = changed;
        events.add("replace " + nameOf(object));
      }

      @Override
      public void removed() {
        removed.add(nameOf(current));
      }

      @Override
      public void close() {
        taken.remove(needs.apply(current));
        events.add("close " + nameOf(object));
      }
    };
  }
}
