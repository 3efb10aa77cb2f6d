package org.caravanserai.rest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.caravanserai.api.ServiceException;
import org.caravanserai.rest.RestResponse;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.jspecify.annotations.Nullable;

/** One call on its way to destinations. Holds no thread while they work. */
final class Dispatch {

  private final Delivery delivery;
  private final Call call;
  private final PooledCall asked;
  private final LongSupplier nanosLeft;
  private final Consumer<Reply> done;
  private final List<CompletableFuture<RestResponse>> answers = new ArrayList<>();
  private @Nullable Reply own;

  /**
   * A call that has gone nowhere yet.
   *
   * @param asked tells whether anybody still waits for the reply
   * @param nanosLeft how long he does
   * @param done gets the reply
   */
  Dispatch(
      Delivery delivery,
      Call call,
      PooledCall asked,
      LongSupplier nanosLeft,
      Consumer<Reply> done) {
    this.delivery = delivery;
    this.call = call;
    this.asked = asked;
    this.nanosLeft = nanosLeft;
    this.done = done;
  }

  /** The service has replied: destinations get the content only if it did not fail. */
  void served(Reply reply) {
    if (reply.failure() == null) {
      begin(reply);
    } else {
      done.accept(reply);
    }
  }

  /**
   * Sends the content to the destinations.
   *
   * @param served the service's reply; {@code null} if there is no service
   */
  void begin(@Nullable Reply served) {
    own = served;
    if (delivery.isInOrder()) {
      next();
      return;
    }
    CompletableFuture<?>[] all =
        delivery.destinations().stream().map(this::send).toArray(CompletableFuture[]::new);
    CompletableFuture<Void> unused =
        CompletableFuture.allOf(all).whenComplete((nothing, failure) -> end());
  }

  /** In order: the next one, unless all have it, one has failed, or nobody waits any more. */
  private void next() {
    int sent = answers.size();
    if (sent == delivery.destinations().size()
        || asked.hasEnded()
        || (sent > 0 && !outcome(sent - 1).isSuccess())) {
      end();
      return;
    }
    CompletableFuture<RestResponse> unused =
        send(delivery.destinations().get(sent)).whenComplete((answer, failure) -> next());
  }

  private CompletableFuture<RestResponse> send(Destination destination) {
    CompletableFuture<RestResponse> answer =
        delivery.forwarder().send(destination.connection(), destination.method(), call, nanosLeft);
    answers.add(answer);
    return answer;
  }

  private Delivered outcome(int index) {
    Destination destination = delivery.destinations().get(index);
    boolean isAnswering = delivery.answering().filter(destination.name()::equals).isPresent();
    return Delivered.of(destination.name(), isAnswering, answers.get(index));
  }

  /** What a caller is told first: what is wrong with his content, then what failed. */
  private void end() {
    RestResponse answer = null;
    ServiceException failure = null;
    boolean isRefused = false;
    for (int i = 0; i < answers.size(); i++) {
      Delivered each = outcome(i);
      answer = each.answer() == null ? answer : each.answer();
      isRefused |= each.answer() != null && !each.isSuccess();
      failure = failure == null ? each.failure() : failure;
    }
    if (failure == null && answers.size() < delivery.destinations().size() && !isRefused) {
      failure = new ServiceException(504, "The time was up before all destinations had it");
    }
    if (answer != null && (failure == null || isRefused)) {
      reply(answer);
    } else if (failure != null) {
      letGo();
      done.accept(Reply.failed(failure));
    } else if (own != null) {
      done.accept(own);
    }
  }

  private void reply(RestResponse answer) {
    letGo();
    String type = answer.header("Content-Type").orElse("application/octet-stream");
    if (call.http() instanceof RestHttp http) {
      http.answered(answer.status());
    }
    byte[] content = answer.bytes();
    done.accept(
        Reply.ready(
            content.length == 0 ? new Rendered.Nothing() : new Rendered.Bytes(content, type)));
  }

  private void letGo() {
    if (own != null) {
      own.close();
    }
  }
}
