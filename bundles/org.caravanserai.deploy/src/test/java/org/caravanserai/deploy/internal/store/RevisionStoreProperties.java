package org.caravanserai.deploy.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanserai.deploy.internal.store.Samples.append;
import static org.caravanserai.deploy.internal.store.Samples.content;
import static org.caravanserai.deploy.internal.store.Samples.current;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.caravanserai.deploy.internal.store.RevisionStore.Remembered;
import org.caravanserai.deploy.internal.store.RevisionStore.Write;

class RevisionStoreProperties {

  private static final int KEPT = 3;

  /** What a deployment should be like. */
  private static final class Expected {
    private final List<Integer> revisions = new ArrayList<>();
    private int highest;
    private Optional<Current> current = Optional.empty();
    private Optional<Current> before = Optional.empty();
    private boolean confirmed = true;
    private Optional<Write> open = Optional.empty();

    void trim() {
      for (int each : List.copyOf(revisions)) {
        boolean needed =
            current.filter(of -> of.revision() == each).isPresent()
                || before.filter(of -> of.revision() == each).isPresent();
        if (revisions.size() > KEPT && !needed) {
          revisions.remove((Integer) each);
        }
      }
    }
  }

  /** Each number is a step: what is done, and to which deployment. */
  @Property(tries = 60)
  void isLikeAMap(@ForAll @Size(max = 80) List<@IntRange(min = 0, max = 23) Integer> steps)
      throws IOException {
    Path folder = Files.createTempDirectory("store");
    Map<String, Expected> model = new HashMap<>();
    RevisionStore store = Samples.open(folder);
    try {
      for (int step : steps) {
        String name = "n" + step % 3;
        Expected of = model.computeIfAbsent(name, key -> new Expected());
        switch (step / 3) {
          case 0, 1, 2 -> append(store, name, of);
          case 3 -> confirm(of);
          case 4 -> revoke(of);
          case 5 -> update(store, of);
          case 6 -> store.settle();
          default -> {
            store.close();
            store = Samples.open(folder);
            model.values().forEach(each -> each.open = Optional.empty());
          }
        }
        store.settle();
        check(store, model);
      }
    } finally {
      store.close();
      Samples.clear(folder);
      Files.delete(folder);
    }
  }

  private static void append(RevisionStore store, String name, Expected of) throws IOException {
    int revision = store.next(name);
    Write write = Samples.append(store, name, revision);
    write.await();
    of.before = of.confirmed ? of.current : of.before;
    of.current = Optional.of(current(name, revision));
    of.confirmed = false;
    of.highest = revision;
    of.revisions.add(revision);
    of.open = Optional.of(write);
    of.trim();
  }

  private static void confirm(Expected of) {
    if (of.open.isPresent() && !of.confirmed) {
      of.open.get().confirm();
      of.confirmed = true;
      of.before = Optional.empty();
      of.trim();
    }
  }

  private static void revoke(Expected of) throws IOException {
    if (of.open.isPresent() && !of.confirmed) {
      of.open.get().revoke();
      of.revisions.remove((Integer) of.highest);
      of.current = of.before;
      of.before = Optional.empty();
      of.confirmed = true;
    }
  }

  private static void update(RevisionStore store, Expected of) throws IOException {
    if (of.current.isPresent()) {
      Current gone = of.current.get().gone("hash" + of.highest);
      store.update(gone);
      of.current = Optional.of(gone);
      of.before = Optional.empty();
      of.confirmed = true;
      of.trim();
    }
  }

  private static void check(RevisionStore store, Map<String, Expected> model) throws IOException {
    Map<String, Remembered> found = new HashMap<>();
    store.load().forEach(each -> found.put(each.current().name(), each));
    for (Map.Entry<String, Expected> each : model.entrySet()) {
      String name = each.getKey();
      Expected of = each.getValue();
      assertThat(Optional.ofNullable(found.remove(name)))
          .isEqualTo(of.current.map(now -> new Remembered(now, of.confirmed, of.before)));
      assertThat(store.next(name)).isEqualTo(of.highest + 1);
      assertThat(store.revisions(name)).isEqualTo(of.revisions);
      for (int revision = 1; revision <= of.highest; revision++) {
        if (of.revisions.contains(revision)) {
          assertThat(store.content(name, revision)).hasValue(content(name, revision));
        } else {
          assertThat(store.content(name, revision)).isEmpty();
        }
      }
      for (Current needed : of.current.stream().toList()) {
        assertThat(store.compiled(name, needed.revision()))
            .hasValue(Samples.compiled(name, needed.revision()));
      }
    }
    assertThat(found).isEmpty();
  }
}
