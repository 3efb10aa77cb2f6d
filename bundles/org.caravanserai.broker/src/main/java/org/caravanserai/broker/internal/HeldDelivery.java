package org.caravanserai.broker.internal;

import java.util.List;
import java.util.Objects;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Message;
import org.jspecify.annotations.Nullable;

/** A message that somebody works on. */
final class HeldDelivery implements Delivery {

  private final QueueConsumer consumer;
  private final MessageReference reference;
  private final Deliveries deliveries;
  private @Nullable Message message;

  HeldDelivery(QueueConsumer consumer, MessageReference reference, Deliveries deliveries) {
    this.consumer = consumer;
    this.reference = reference;
    this.deliveries = deliveries;
  }

  MessageReference reference() {
    return reference;
  }

  /** Reads the message, before anybody sees it. */
  void read() {
    message = MessageCodec.read(reference.getMessage());
  }

  @Override
  public Message message() {
    return Objects.requireNonNull(message);
  }

  @Override
  public String queue() {
    return consumer.queue().getName().toString();
  }

  @Override
  public long number() {
    return reference.getMessageID();
  }

  @Override
  public int count() {
    return reference.getDeliveryCount();
  }

  @Override
  public boolean maybeRedelivered() {
    return deliveries.maybeRedelivered(number());
  }

  @Override
  public boolean acknowledge(Confirmation confirmation) {
    if (!consumer.end(this)) {
      return false;
    }
    deliveries.acknowledge(reference, confirmation);
    return true;
  }

  @Override
  public void release(boolean counts) {
    if (consumer.end(this)) {
      deliveries.release(reference, counts);
    }
  }

  @Override
  public void reject(String target, Message replacement, Confirmation confirmation) {
    replace(
        List.of(this), List.of(new Broker.Placed(target, replacement)), deliveries, confirmation);
  }

  /** Puts messages in the place of others, as far as these are held still. */
  static void replace(
      List<HeldDelivery> done,
      List<Broker.Placed> messages,
      Deliveries deliveries,
      Confirmation confirmation) {
    List<HeldDelivery> ended = done.stream().filter(each -> each.consumer.end(each)).toList();
    if (ended.isEmpty() && !done.isEmpty()) {
      return;
    }
    deliveries.move(
        ended.stream().map(HeldDelivery::reference).toList(),
        messages,
        new Confirmation() {
          @Override
          public void confirmed() {
            confirmation.confirmed();
          }

          @Override
          public void failed(BrokerException failure) {
            ended.forEach(each -> each.consumer.resumeWork(each));
            confirmation.failed(failure);
          }
        });
  }
}
