package org.caravanserai.camel.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Reply;

/** Puts a service's reply into an exchange and lets the route go on. */
final class Completion extends AtomicBoolean implements Consumer<Reply> {

  private static final long serialVersionUID = 1L;

  private final transient Exchange exchange;
  private final transient AsyncCallback callback;
  private final Answer answer;

  /** What becomes of the body. */
  enum Answer {
    /** The reply itself, which its reader closes. */
    REPLY,
    /** The output. */
    VALUE,
    /** It stays what it was. */
    NONE
  }

  /**
   * A completion of one call.
   *
   * @param answer what becomes of the body
   */
  Completion(Exchange exchange, AsyncCallback callback, Answer answer) {
    this.exchange = exchange;
    this.callback = callback;
    this.answer = answer;
  }

  @Override
  public void accept(Reply reply) {
    ServiceException failure = reply.failure();
    if (failure != null) {
      exchange.setException(failure);
    }
    if (answer == Answer.REPLY) {
      exchange.getMessage().setBody(reply);
    } else {
      if (failure == null && answer == Answer.VALUE) {
        exchange.getMessage().setBody(reply.value());
      }
      exchange.getExchangeExtension().addOnCompletion(new Closing(reply));
    }
    if (getAndSet(true)) {
      callback.done(false);
    }
  }

  /**
   * Whether the reply came before the producer returned; if not, it will go on with the route
   * itself.
   */
  boolean endedAtOnce() {
    return getAndSet(true);
  }

  /** Lets go of the service's revision when the exchange completes. */
  private static final class Closing extends SynchronizationAdapter {

    private final Reply reply;

    Closing(Reply reply) {
      this.reply = reply;
    }

    @Override
    public void onDone(Exchange exchange) {
      reply.close();
    }
  }
}
