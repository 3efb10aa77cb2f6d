package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

  void answer(String service, HttpServletRequest request, HttpServletResponse response)
      throws IOException, Problem {
    DataFormat format = format(request.getContentType());
    byte[] input = ApiServlet.body(request, LARGEST_INPUT);
    var call =
        new Call(
            ApiFilter.cid(request),
            new Channel("api", "invoke", Optional.of(ApiFilter.user(request))),
            new Payload.Document(input, format, Map.of(), false),
            null);
    try (Reply reply = run(registry.slot(service), call)) {
      ServiceException failure = reply.failure();
      if (failure != null) {
        throw failure;
      }
      write(reply.render(format), response);
    } catch (ServiceException e) {
      throw new Problem(e.status(), e.details());
    } catch (BusyException e) {
      response.setHeader("Retry-After", Integer.toString(e.retryAfterSeconds()));
      throw new Problem(503, String.valueOf(e.getMessage()));
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

  private static void write(Rendered output, HttpServletResponse response) throws IOException {
    if (output instanceof Rendered.Bytes bytes) {
      response.setContentType(bytes.contentType());
      response.setContentLength(bytes.content().length);
      response.getOutputStream().write(bytes.content());
    } else if (output instanceof Rendered.Stream stream) {
      response.setContentType(stream.contentType());
      stream.content().transferTo(response.getOutputStream());
    } else {
      response.setStatus(204);
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
