package org.caravanserai.runtime.internal;

import org.caravanserai.runtime.ServiceRevision;
import org.jspecify.annotations.Nullable;

/** A revision: a gate with an instance behind it. */
final class LiveRevision implements ServiceRevision {

  private final String service;
  private final String deployment;
  private final int revision;
  private final String input;
  private final String output;
  private final boolean readsStream;
  private final Gate gate = new Gate();
  private volatile @Nullable Instance instance;
  private volatile boolean hasBegun;

  LiveRevision(
      String service,
      String deployment,
      int revision,
      ServiceTypes types,
      boolean readsStream,
      Instance instance) {
    this.service = service;
    this.deployment = deployment;
    this.revision = revision;
    this.input = types.inputName();
    this.output = types.outputName();
    this.readsStream = readsStream;
    this.instance = instance;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public String deployment() {
    return deployment;
  }

  @Override
  public int revision() {
    return revision;
  }

  @Override
  public boolean readsStream() {
    return readsStream;
  }

  @Override
  public long inside() {
    return gate.inside();
  }

  String input() {
    return input;
  }

  String output() {
    return output;
  }

  Gate gate() {
    return gate;
  }

  /** The instance; {@code null} once it was let go of. */
  @Nullable Instance instance() {
    return instance;
  }

  /** Is told that it goes live, and so will be of its end. */
  void begin() {
    hasBegun = true;
  }

  /** Whether it has been told so. */
  boolean hasBegun() {
    return hasBegun;
  }

  /** Lets go of the instance, so that its classes can be collected. */
  @Nullable Instance release() {
    Instance released = instance;
    instance = null;
    return released;
  }

  @Override
  public String toString() {
    return service + " (" + deployment + " rev-" + revision + ")";
  }
}
