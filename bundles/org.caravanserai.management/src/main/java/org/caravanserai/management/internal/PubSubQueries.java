package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanserai.api.ServiceException;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.MessageSearch;

/** What the operations of publish/subscribe are asked. */
final class PubSubQueries {

  /** The parameter that names a queue, whose name may hold slashes. */
  static final QueryParameter QUEUE =
      QueryParameter.text("queue", "the queue's name, such as crm/orders.new");

  /** The parameters of a search. */
  static final List<QueryParameter> SEARCH =
      List.of(
          QueryParameter.text("msgId", "only the message with this id"),
          QueryParameter.text("cid", "only with this correlation id"),
          QueryParameter.text("text", "only with this text in the data"),
          QueryParameter.text("from", "published, or failed, not before: 2026-01-31T12:00:00Z"),
          QueryParameter.text("to", "before this time"));

  /** The form of a choice of messages. */
  static final Map<String, Object> NUMBERS =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("numbers", Map.of("type", "array", "items", Map.of("type", "integer"))));

  private static final int MOST_NUMBERS = 10_000;
  private static final int LARGEST_CHOICE = 1024 * 1024;
  private static final int PATIENCE_SECONDS = 60;

  private PubSubQueries() {}

  /** A parameter that has to be there. */
  static String required(ApiExchange exchange, String name) throws Problem {
    return exchange
        .query()
        .text(name)
        .orElseThrow(() -> new Problem(400, "The parameter " + name + " is missing"));
  }

  /** The queue that is meant. */
  static String queue(ApiExchange exchange) throws Problem {
    return required(exchange, QUEUE.name());
  }

  /** Which messages are wanted. */
  static MessageSearch search(ApiExchange exchange) throws Problem {
    Query query = exchange.query();
    return new MessageSearch(
        query.text("msgId"),
        query.text("cid"),
        query.text("text"),
        query.time("from"),
        query.time("to"));
  }

  /** The number of one message, in the path. */
  static long number(ApiExchange exchange) throws Problem {
    String number = exchange.parameter("number");
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw new Problem(404, "There is no message " + number);
    }
  }

  /** The messages that a body chooses; none if there is no body. */
  static List<Long> numbers(ApiExchange exchange) throws IOException, Problem {
    byte[] body = exchange.body(LARGEST_CHOICE);
    if (body.length == 0) {
      return List.of();
    }
    JsonNode chosen = Json.read(body).path("numbers");
    List<Long> numbers = new ArrayList<>();
    for (JsonNode each : chosen) {
      if (!each.isIntegralNumber() || !each.canConvertToLong()) {
        throw new Problem(400, "numbers: expected whole numbers");
      }
      numbers.add(each.asLong());
    }
    if (numbers.isEmpty() || numbers.size() > MOST_NUMBERS) {
      throw new Problem(400, "numbers: expected a list of 1 to " + MOST_NUMBERS + " numbers");
    }
    return numbers;
  }

  /** What is to come, or why it does not. */
  static <T> T await(CompletionStage<T> stage) throws Problem {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ServiceException told) {
        throw new Problem(told.status(), told.details());
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new Problem(503, "The broker did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(503, "The server is stopping");
    }
  }

  /** What the desk refuses, as a refusal of the admin API. */
  static Problem problem(DeskException refusal) {
    int status =
        switch (refusal.reason()) {
          case UNKNOWN -> 404;
          case CONFLICT -> 409;
          case INVALID -> 422;
          case UNAVAILABLE -> 503;
        };
    return new Problem(status, String.valueOf(refusal.getMessage()));
  }
}
