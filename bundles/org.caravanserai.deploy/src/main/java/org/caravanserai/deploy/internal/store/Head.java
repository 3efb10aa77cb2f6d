package org.caravanserai.deploy.internal.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a deployment but its contents. The last head of a name on the disk is the
 * truth about it; a content that no head lists is not there.
 *
 * @param name the deployment's name
 * @param highest the highest revision number that was ever used; 0 if none was
 * @param current what is current; empty if nothing ever was
 * @param confirmed whether the current revision is known to have gone live
 * @param before what was last confirmed ahead of a current one that is not; empty if nothing was
 * @param kept the revisions whose content is kept, oldest first
 */
record Head(
    String name,
    int highest,
    Optional<Current> current,
    boolean confirmed,
    Optional<Current> before,
    List<Integer> kept) {

  /** A deployment of which nothing is known. */
  static Head none(String name) {
    return new Head(name, 0, Optional.empty(), true, Optional.empty(), List.of());
  }

  /** The same; that number is used up. */
  Head used(int revision) {
    return revision <= highest ? this : new Head(name, revision, current, confirmed, before, kept);
  }

  /** A new revision is current, not yet confirmed. */
  Head appended(Current next, int limit) {
    List<Integer> more = new ArrayList<>(kept);
    more.add(next.revision());
    return new Head(
            name,
            Math.max(highest, next.revision()),
            Optional.of(next),
            false,
            confirmed ? current : before,
            more)
        .trimmed(limit);
  }

  /** That revision went live; the same if it is not the current one. */
  Head confirmed(int revision, int limit) {
    return isCurrent(revision)
        ? new Head(name, highest, current, true, Optional.empty(), kept).trimmed(limit)
        : this;
  }

  /** That revision was refused; the same if it is confirmed. */
  Head revoked(int revision) {
    if (isCurrent(revision)) {
      return confirmed
          ? this
          : new Head(name, highest, before, true, Optional.empty(), without(revision));
    }
    boolean isBefore = before.filter(each -> each.revision() == revision).isPresent();
    return isBefore ? this : new Head(name, highest, current, confirmed, before, without(revision));
  }

  /** That is current and settled; another one that was not confirmed is refused by it. */
  Head updated(Current now, int limit) {
    Head settled =
        confirmed || isCurrent(now.revision())
            ? this
            : revoked(current.map(Current::revision).orElse(0));
    return new Head(
            name,
            Math.max(highest, now.revision()),
            Optional.of(now),
            true,
            Optional.empty(),
            settled.kept)
        .trimmed(limit);
  }

  /** Whether the content of that revision is kept. */
  boolean keeps(int revision) {
    return Collections.binarySearch(kept, revision) >= 0;
  }

  /** Whether the compiled form of that revision is worth its place. */
  boolean needsCompiled(int revision) {
    return isCurrent(revision) || (before.isPresent() && before.get().revision() == revision);
  }

  /** About how many bytes it takes on the disk. */
  int weight() {
    return 32
        + name.length()
        + 4 * kept.size()
        + (current.isPresent() ? weight(current.get()) : 0)
        + (before.isPresent() ? weight(before.get()) : 0);
  }

  private static int weight(Current each) {
    return 32 + each.sha256().length() + each.seen().length() + each.origin().orElse("").length();
  }

  private boolean isCurrent(int revision) {
    return current.isPresent() && current.get().revision() == revision;
  }

  private List<Integer> without(int revision) {
    return kept.stream().filter(each -> each != revision).toList();
  }

  private Head trimmed(int limit) {
    List<Integer> left = new ArrayList<>(kept);
    int excess = kept.size() - limit;
    for (int each : kept) {
      if (excess > 0 && !needsCompiled(each)) {
        left.remove((Integer) each);
        excess--;
      }
    }
    return new Head(name, highest, current, confirmed, before, List.copyOf(left));
  }
}
