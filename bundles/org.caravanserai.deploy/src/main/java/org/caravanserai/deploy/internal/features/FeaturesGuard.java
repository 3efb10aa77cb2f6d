package org.caravanserai.deploy.internal.features;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.resource.Resource;
import org.osgi.resource.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the features service from restarting bundles of others, whoever asks it to: it stands
 * between the service and the framework, for the service itself has no place for an objection.
 *
 * <p>The service works on one thread, and begins each change with the stops of bundles; these are
 * held back, see {@link FeatureChange}.
 */
public final class FeaturesGuard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FeaturesGuard.class);

  private final ForeignField thread;
  private final ForeignField framework;
  private final ForeignField resolver;
  private final Bystanders bystanders;
  private final BooleanSupplier watchful;
  private final Runnable afterwards;

  /** Used on the service's thread only. */
  private @Nullable FeatureChange current;

  private FeaturesGuard(
      Object service, Bystanders bystanders, BooleanSupplier watchful, Runnable afterwards)
      throws ReflectiveOperationException {
    thread = ForeignField.of(service, "executor");
    framework = ForeignField.of(service, "installSupport");
    resolver = ForeignField.of(service, "resolver");
    this.bystanders = bystanders;
    this.watchful = watchful;
    this.afterwards = afterwards;
  }

  /**
   * Stands before a service.
   *
   * @param service Karaf's features service
   * @param bystanders those whom a change might restart
   * @param watchful whether anything is refused; not while the server begins
   * @param afterwards done after each change, whatever came of it
   * @return empty if the service is made otherwise than expected
   */
  public static Optional<FeaturesGuard> of(
      Object service, Bystanders bystanders, BooleanSupplier watchful, Runnable afterwards) {
    try {
      FeaturesGuard guard = new FeaturesGuard(service, bystanders, watchful, afterwards);
      guard.thread.replace(ExecutorService.class, given -> guard.new Turns(given));
      guard.framework.intercept(guard::onFramework);
      guard.resolver.intercept(guard::onResolver);
      return Optional.of(guard);
    } catch (ReflectiveOperationException e) {
      LOG.warn("Changes of features are not looked at before they happen: {}", e.toString());
      return Optional.empty();
    }
  }

  private @Nullable Object onResolver(ForeignField.Call call) throws Exception {
    Object found = call.proceed();
    FeatureChange change = current;
    if (change != null && found instanceof Map<?, ?> wiring) {
      @SuppressWarnings("unchecked") // as org.osgi.service.resolver.Resolver has it
      Map<Resource, List<Wire>> typed = (Map<Resource, List<Wire>>) wiring;
      change.resolved(new Resolution(typed));
    }
    return found;
  }

  private @Nullable Object onFramework(ForeignField.Call call) throws Exception {
    FeatureChange change = current;
    if (change == null || (change.isDecided() && !call.name().equals("getInfo"))) {
      return call.proceed();
    }
    switch (call.name()) {
      case "getInfo" -> change.plan();
      case "getDiGraphCopy", "getDataFile", "print" -> {}
      case "stopBundle" -> {
        change.stop((Bundle) call.argument(0), call);
        return null;
      }
      case "uninstall" -> {
        change.uninstall((Bundle) call.argument(0), call);
        return null;
      }
      default -> decide(change);
    }
    return call.proceed();
  }

  private void decide(FeatureChange change) throws Exception {
    Consent consent = change.request().consent();
    boolean watched = watchful.getAsBoolean();
    if (consent == Consent.PREVIEW || (consent == Consent.UNDISTURBED && watched)) {
      List<Disturbed> found = bystanders.disturbed(change);
      if (!found.isEmpty() || consent == Consent.PREVIEW) {
        throw new RefusedChangeException(
            found, consent == Consent.PREVIEW ? bystanders.changes(change) : List.of());
      }
    }
    if (watched) {
      change.hold(bystanders.hold(change));
    }
    change.goOn();
  }

  private <T> T during(FeatureChange change, Callable<T> work) throws Exception {
    current = change;
    Throwable failure = null;
    try {
      return work.call();
    } catch (Exception | Error e) {
      failure = e;
      throw e;
    } finally {
      current = null;
      change.letIn();
      afterwards.run();
      change.request().end(failure);
    }
  }

  /** The service works as before. */
  @Override
  public void close() {
    try {
      thread.restore();
      framework.restore();
      resolver.restore();
    } catch (ReflectiveOperationException e) {
      LOG.warn("The features service stays guarded: {}", e.toString());
    }
  }

  /** The service's thread, which takes the consent of the one who asks along. */
  private final class Turns extends AbstractExecutorService {

    private final ExecutorService service;

    Turns(ExecutorService service) {
      this.service = service;
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> work) {
      FeatureRequest request = FeatureRequest.current();
      request.take();
      return super.newTaskFor(() -> during(new FeatureChange(request), work));
    }

    @Override
    public void execute(Runnable work) {
      service.execute(work);
    }

    @Override
    public void shutdown() {
      service.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
      return service.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
      return service.isShutdown();
    }

    @Override
    public boolean isTerminated() {
      return service.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return service.awaitTermination(timeout, unit);
    }
  }
}
