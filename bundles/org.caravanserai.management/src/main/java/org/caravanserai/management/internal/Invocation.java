package org.caravanserai.management.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.Slot;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Calls a service with the body of a request and answers with its output. */
@Component(service = Invocation.class)
public final class Invocation {

  private static final int LARGEST_INPUT = 10 * 1024 * 1024;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final ServiceRegistry registry;
  private final Invoker invoker;
  private final CallPool pool;

  /** Made by the container. */
  @Activate
  public Invocation(
      @Reference ServiceRegistry registry, @Reference Invoker invoker, @Reference CallPool pool) {
    this.registry = registry;
    this.invoker = invoker;
    this.pool = pool;
  }

  void answer(String service, ApiExchange exchange) throws IOException, Problem {
    DataFormat format = format(exchange.header("Content-Type"));
    byte[] input = exchange.body(LARGEST_INPUT);
    var call =
        new Call(
            exchange.cid(),
            new Channel("api", "invoke", Optional.of(exchange.user().name())),
            new Payload.Document(input, format, Map.of(), false),
            null);
    try (Reply reply = run(registry.slot(service), call)) {
      ServiceException failure = reply.failure();
      if (failure != null) {
        throw failure;
      }
      write(reply.render(format), exchange);
    } catch (ServiceException e) {
      throw new Problem(e.status(), e.details());
    } catch (BusyException e) {
      throw new Problem(503, String.valueOf(e.getMessage()))
          .with("Retry-After", Integer.toString(e.retryAfterSeconds()));
    }
  }

  private Reply run(Slot slot, Call call) throws BusyException {
    var task = new Task(slot, call);
    pool.submit(slot, TIMEOUT, task);
    return task.reply
        .join()
        .orElseThrow(
            () -> new ServiceException(504, "No answer within " + TIMEOUT.toSeconds() + " s"));
  }

  private static void write(Rendered output, ApiExchange exchange) throws IOException {
    if (output instanceof Rendered.Bytes bytes) {
      exchange.answer(200, bytes.contentType(), bytes.content());
    } else if (output instanceof Rendered.Stream stream) {
      exchange.answer(stream.contentType(), stream.content());
    } else {
      exchange.done();
    }
  }

  /** The admin API has no forms: what curl calls one when told nothing is JSON. */
  private static DataFormat format(@Nullable String contentType) {
    boolean json =
        contentType == null
            || contentType.startsWith("application/json")
            || contentType.startsWith("application/x-www-form-urlencoded");
    return json ? DataFormat.JSON : DataFormat.RAW;
  }

  /** The call on its way through the pool. */
  private final class Task extends PooledCall {

    private final Slot slot;
    private final Call call;
    private final CompletableFuture<Optional<Reply>> reply = new CompletableFuture<>();

    Task(Slot slot, Call call) {
      this.slot = slot;
      this.call = call;
    }

    @Override
    protected void run() {
      invoker.invoke(
          slot,
          call,
          answer -> {
            if (end()) {
              reply.complete(Optional.of(answer));
            } else {
              answer.close();
            }
          });
    }

    @Override
    protected void timedOut() {
      reply.complete(Optional.empty());
    }
  }
}
