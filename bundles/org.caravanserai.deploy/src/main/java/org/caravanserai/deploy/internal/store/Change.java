package org.caravanserai.deploy.internal.store;

import org.caravanserai.deploy.internal.store.Directory.Kind;

/** Something that is asked of the store. */
sealed interface Change {

  /** The deployment that it changes. */
  String name();

  /** What is known then. */
  Head on(Head head, int kept);

  /** Whether it holds although the disk refuses it; it is written when the disk lets it. */
  default boolean holds() {
    return false;
  }

  /** Whether somebody waits for it to be on the disk. */
  default boolean awaited() {
    return true;
  }

  /** About how many bytes it takes. */
  default long weight() {
    return 0;
  }

  /** Adds its contents to a frame. */
  default void addTo(Frame frame) {}

  /** A new revision. */
  record Append(Current current, byte[] content, byte[] compiled) implements Change {

    @Override
    public String name() {
      return current.name();
    }

    @Override
    public Head on(Head head, int kept) {
      return head.appended(current, kept);
    }

    @Override
    public long weight() {
      return (long) content.length + compiled.length;
    }

    @Override
    public void addTo(Frame frame) {
      frame.add(Kind.CONTENT, name(), current.revision(), content);
      frame.add(Kind.COMPILED, name(), current.revision(), compiled);
    }
  }

  /** A revision is live. */
  record Confirm(String name, int revision) implements Change {

    @Override
    public Head on(Head head, int kept) {
      return head.confirmed(revision, kept);
    }

    @Override
    public boolean holds() {
      return true;
    }

    @Override
    public boolean awaited() {
      return false;
    }
  }

  /** A revision was refused. */
  record Revoke(String name, int revision) implements Change {

    @Override
    public Head on(Head head, int kept) {
      return head.revoked(revision);
    }

    @Override
    public boolean holds() {
      return true;
    }
  }

  /** What is remembered is another. */
  record Update(Current current) implements Change {

    @Override
    public String name() {
      return current.name();
    }

    @Override
    public Head on(Head head, int kept) {
      return head.updated(current, kept);
    }
  }
}
