package org.caravanserai.pubsub.internal.push;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.Broker.Placed;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.pubsub.internal.BrokerFaults;
import org.caravanserai.pubsub.internal.PubSubSettings;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.spi.ByteSize;
import org.caravanserai.spi.DurableCalls;
import org.caravanserai.spi.MessageBroker.Published;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores durable calls of services, each in the queue of its service. */
@Component(service = DurableCalls.class, immediate = true, configurationPid = PubSubSettings.PID)
public final class StoredCalls implements DurableCalls {

  private final Broker broker;
  private final Subscriptions subscriptions;
  private final ServiceRegistry registry;
  private final FanOuts fanOuts;
  private final long maxDepth;
  private final long maxSize;

  /** Stores calls. */
  @Activate
  public StoredCalls(
      PubSubSettings settings,
      @Reference Broker broker,
      @Reference Subscriptions subscriptions,
      @Reference ServiceRegistry registry,
      @Reference FanOuts fanOuts) {
    this.broker = broker;
    this.subscriptions = subscriptions;
    this.registry = registry;
    this.fanOuts = fanOuts;
    this.maxDepth = settings.service__max__depth();
    this.maxSize = ByteSize.parse(settings.service__max__message__size());
  }

  @Override
  public void store(Batch calls, Published stored) {
    try {
      calls.targets().forEach(this::check);
      services(calls).forEach(this::check);
      services(calls).forEach(service -> subscriptions.calls(service, maxDepth));
      if (!calls.onFinal().isEmpty()) {
        fanOuts.open();
      }
      broker.enqueue(
          placed(calls),
          new Confirmation() {
            @Override
            public void confirmed() {
              stored.told(calls.id(), null);
            }

            @Override
            public void failed(BrokerException failure) {
              stored.told(null, BrokerFaults.of(failure));
            }
          });
    } catch (ServiceException e) {
      stored.told(null, e);
    } catch (BrokerException e) {
      stored.told(null, BrokerFaults.of(e));
    }
  }

  private static List<String> services(Batch calls) {
    return Stream.of(
            calls.targets().stream().map(Target::service),
            calls.onTarget().stream(),
            calls.onFinal().stream())
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  private void check(Target target) {
    if (target.data().length > maxSize) {
      throw new ServiceException(
          413, "the input of " + target.service() + " is larger than the " + maxSize + " bytes");
    }
  }

  private void check(String service) {
    if (!subscriptions.hasService(service) && registry.service(service).isEmpty()) {
      throw new ServiceException(404, "there is no service " + service);
    }
  }

  private static List<Placed> placed(Batch calls) {
    List<Placed> all = new ArrayList<>();
    Instant now = Instant.now();
    for (Target each : calls.targets()) {
      StoredCall call =
          new StoredCall(
              calls.id(),
              calls.cid(),
              calls.source(),
              calls.user(),
              calls.kinds(),
              now,
              all.size(),
              calls.targets().size(),
              calls.onTarget(),
              calls.onFinal(),
              calls.maxAttempts());
      all.add(
          call.placed(each.service(), each.data(), Message.Format.valueOf(each.format().name())));
    }
    return all;
  }
}
