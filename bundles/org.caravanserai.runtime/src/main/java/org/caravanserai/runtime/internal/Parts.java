package org.caravanserai.runtime.internal;

import org.caravanserai.api.Cache;
import org.caravanserai.spi.CacheSource;
import org.caravanserai.spi.ConnectionSource;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.DurableCalls;
import org.caravanserai.spi.JobScheduler;
import org.caravanserai.spi.Lease;
import org.caravanserai.spi.MessageBroker;
import org.caravanserai.spi.UserConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Tells the invoker which parts of the server come and go. */
@Component(service = Parts.class, immediate = true)
public final class Parts {

  private final LiveInvoker invoker;

  /** Those that are there already come next. */
  @Activate
  public Parts(@Reference LiveInvoker invoker) {
    this.invoker = invoker;
  }

  /** The connections of the server have come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindConnections(Connections arrived) {
    invoker.connectionPart.bind(arrived);
  }

  /** The connections of the server go. */
  public void unbindConnections(Connections gone) {
    invoker.connectionPart.unbind(gone);
  }

  /** Connections of another sort have come. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindSource(ConnectionSource<?> arrived) {
    invoker.connections().bind(arrived);
  }

  /** Connections of another sort go. */
  public void unbindSource(ConnectionSource<?> gone) {
    invoker.connections().unbind(gone);
  }

  /** The broker of the server has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindBroker(MessageBroker arrived) {
    invoker.broker.bind(arrived);
  }

  /** The broker of the server goes. */
  public void unbindBroker(MessageBroker gone) {
    invoker.broker.unbind(gone);
  }

  /** The caches of the server have come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindCaches(CacheSource<Cache> arrived) {
    invoker.cachePart.bind(arrived);
  }

  /** The caches of the server go. */
  public void unbindCaches(CacheSource<Cache> gone) {
    invoker.cachePart.unbind(gone);
  }

  /** The scheduler of the server has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindScheduler(JobScheduler arrived) {
    invoker.scheduler.bind(arrived);
  }

  /** The scheduler of the server goes. */
  public void unbindScheduler(JobScheduler gone) {
    invoker.scheduler.unbind(gone);
  }

  /** What servers share has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindLease(Lease arrived) {
    invoker.lease.bind(arrived);
  }

  /** What servers share goes. */
  public void unbindLease(Lease gone) {
    invoker.lease.unbind(gone);
  }

  /** The user configuration of the server has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindUserConfiguration(UserConfiguration arrived) {
    invoker.userFiles.bind(arrived);
  }

  /** The user configuration of the server goes. */
  public void unbindUserConfiguration(UserConfiguration gone) {
    invoker.userFiles.unbind(gone);
  }

  /** What stores calls has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindDurableCalls(DurableCalls arrived) {
    invoker.callStore.bind(arrived);
  }

  /** What stores calls goes. */
  public void unbindDurableCalls(DurableCalls gone) {
    invoker.callStore.unbind(gone);
  }
}
