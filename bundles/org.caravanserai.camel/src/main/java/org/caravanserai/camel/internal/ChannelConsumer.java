package org.caravanserai.camel.internal;

import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a channel's calls through its route, each in a pooled exchange. */
final class ChannelConsumer extends DefaultConsumer implements Suspendable {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelConsumer.class);

  private final RouteEntrance entrance;

  ChannelConsumer(ChannelEndpoint endpoint, Processor processor, RouteEntrance entrance) {
    super(endpoint, processor);
    this.entrance = entrance;
  }

  /** Sends one call, which has entered; it leaves when its reply is there. */
  void send(Call call, Consumer<Reply> done) {
    Exchange exchange;
    try {
      exchange = createExchange(false);
    } catch (RuntimeException e) {
      entrance.leave();
      throw e;
    }
    exchange.getMessage().setBody(call.payload());
    exchange.setProperty(ServiceProducer.CALL, call);
    getAsyncProcessor().process(exchange, new Answer(exchange, call, done));
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    entrance.opened(this);
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    entrance.opened(this);
  }

  @Override
  protected void doSuspend() throws Exception {
    entrance.closed();
    super.doSuspend();
  }

  @Override
  protected void doStop() throws Exception {
    entrance.closed();
    super.doStop();
  }

  /** Takes the reply out of an exchange that has gone through the route. */
  private final class Answer implements AsyncCallback {

    private final Exchange exchange;
    private final Call call;
    private final Consumer<Reply> done;

    Answer(Exchange exchange, Call call, Consumer<Reply> done) {
      this.exchange = exchange;
      this.call = call;
      this.done = done;
    }

    @Override
    public void done(boolean doneSync) {
      Object body = exchange.getMessage().getBody();
      Exception failure = exchange.getException();
      releaseExchange(exchange, false);
      entrance.leave();
      if (body instanceof Reply reply) {
        done.accept(reply);
      } else if (failure instanceof ServiceException meant) {
        LOG.warn("{}: the route {} failed: {}", call.cid(), entrance.id(), meant.details());
        done.accept(Reply.failed(meant));
      } else {
        LOG.error("{}: the route {} gave no reply", call.cid(), entrance.id(), failure);
        done.accept(Reply.failed(new ServiceException(500, "Internal error", failure)));
      }
    }
  }
}
