package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.management.DeletedAnswer;
import org.caravanserai.management.Page;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.MessageInfo;
import org.caravanserai.pubsub.MessagePage;
import org.caravanserai.pubsub.Replay;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The messages in queues, dead letters above all: search, look at, edit, replay, delete. */
@Component(service = Resource.class)
public final class PubSubMessagesResource implements Resource {

  private static final String MESSAGES = "/api/v1/pubsub/messages";
  private static final String ONE = MESSAGES + "/{number}";
  private static final String REPLAYS = "/api/v1/pubsub/replays";
  private static final int LARGEST_CHANGE = 64 * 1024 * 1024;
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;

  private final Desk desk;

  /** Made by the container. */
  @Activate
  public PubSubMessagesResource(@Reference Desk desk) {
    this.desk = desk;
  }

  @Override
  public List<ApiOperation> operations() {
    List<ApiOperation> all = new ArrayList<>();
    all.add(
        of(
                "GET",
                MESSAGES,
                Operation.PUBSUB_BROWSE,
                "messages of a queue, without taking them or showing their data",
                this::list)
            .with(
                parameters(
                    PubSubQueries.SEARCH,
                    QueryParameter.number("offset", "how many items to leave out"),
                    QueryParameter.number("limit", "how many items at most; 50 by default")))
            .answers(200, MessagePage.class)
            .refuses(404));
    all.add(
        of("GET", ONE, Operation.PUBSUB_BROWSE, "one of them, with its data", this::look)
            .with(
                List.of(
                    PubSubQueries.QUEUE,
                    QueryParameter.number("most", "how many bytes of its data at most; all")))
            .answers(200, MessageInfo.class)
            .refuses(404));
    all.add(
        of(
                "PUT",
                ONE,
                Operation.PUBSUB_WRITE,
                "changes it; it goes to the end of its queue, with another number; body: data or data_base64, content_type, properties",
                this::edit)
            .with(List.of(PubSubQueries.QUEUE))
            .takes("application/json", Map.of("type", "object"))
            .answers(204, "", Map.of())
            .refuses(404, 409, 413, 422, 503));
    all.add(
        of("DELETE", ONE, Operation.PUBSUB_WRITE, "deletes it", this::deleteOne)
            .with(List.of(PubSubQueries.QUEUE))
            .answers(204, "", Map.of())
            .refuses(404, 503));
    all.add(
        of(
                "POST",
                MESSAGES + "/delete",
                Operation.PUBSUB_WRITE,
                "deletes some; body: {\"numbers\":[...]}",
                this::deleteSome)
            .with(List.of(PubSubQueries.QUEUE))
            .takes("application/json", PubSubQueries.NUMBERS)
            .answers(200, DeletedAnswer.class)
            .refuses(404, 413, 503));
    all.add(
        of(
                "POST",
                REPLAYS,
                Operation.PUBSUB_WRITE,
                "gives dead letters back to their queue; body: {\"numbers\":[...]}, or none for all of the search",
                this::replay)
            .with(
                parameters(
                    PubSubQueries.SEARCH,
                    QueryParameter.text("rate", "how many a second; no limit by default")))
            .takes("application/json", PubSubQueries.NUMBERS)
            .answers(201, Replay.class)
            .refuses(404, 409, 413, 422));
    all.add(
        of(
                "GET",
                REPLAYS,
                Operation.PUBSUB_READ,
                "replays that run, and the last that have ended",
                exchange -> exchange.json(200, Page.all(desk.replays())))
            .answers(200, new PageOf(Replay.class)));
    all.add(
        of(
                "GET",
                REPLAYS + "/{number}",
                Operation.PUBSUB_READ,
                "how far one is",
                exchange -> answer(exchange, desk.replay(exchange.parameter("number"))))
            .answers(200, Replay.class)
            .refuses(404));
    all.add(
        of(
                "DELETE",
                REPLAYS + "/{number}",
                Operation.PUBSUB_WRITE,
                "ends one; what it has done stays done",
                exchange -> answer(exchange, desk.stop(exchange.parameter("number"))))
            .answers(200, Replay.class)
            .refuses(404));
    return all;
  }

  /** What an operation does that the desk may refuse. */
  @FunctionalInterface
  private interface Handler {
    void answer(ApiExchange exchange) throws IOException, Problem, DeskException;
  }

  private static ApiOperation of(
      String method, String path, Operation access, String summary, Handler handler) {
    return ApiOperation.of(
        method,
        path,
        access,
        summary,
        exchange -> {
          try {
            handler.answer(exchange);
          } catch (DeskException e) {
            throw PubSubQueries.problem(e);
          }
        });
  }

  private static List<QueryParameter> parameters(
      List<QueryParameter> search, QueryParameter... more) {
    return Stream.of(Stream.of(PubSubQueries.QUEUE), search.stream(), Arrays.stream(more))
        .flatMap(each -> each)
        .toList();
  }

  private void list(ApiExchange exchange) throws IOException, Problem, DeskException {
    Query query = exchange.query();
    exchange.json(
        200,
        desk.messages(
            PubSubQueries.queue(exchange),
            PubSubQueries.search(exchange),
            query.number("offset", 0, 0, Integer.MAX_VALUE),
            query.number("limit", USUAL_PAGE, 1, LARGEST_PAGE)));
  }

  private void look(ApiExchange exchange) throws IOException, Problem, DeskException {
    long number = PubSubQueries.number(exchange);
    int most = exchange.query().number("most", Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
    exchange.json(200, desk.message(PubSubQueries.queue(exchange), number, most));
  }

  private void edit(ApiExchange exchange) throws IOException, Problem, DeskException {
    long number = PubSubQueries.number(exchange);
    desk.edit(PubSubQueries.queue(exchange), number, exchange.body(LARGEST_CHANGE));
    exchange.done();
  }

  private void deleteOne(ApiExchange exchange) throws Problem, DeskException {
    long number = PubSubQueries.number(exchange);
    String queue = PubSubQueries.queue(exchange);
    if (desk.delete(queue, List.of(number)) == 0) {
      throw new Problem(
          404, "There is no message " + number + " in " + queue + ", or it is being delivered");
    }
    exchange.done();
  }

  private void deleteSome(ApiExchange exchange) throws IOException, Problem, DeskException {
    String queue = PubSubQueries.queue(exchange);
    List<Long> numbers = PubSubQueries.numbers(exchange);
    exchange.json(200, new DeletedAnswer(desk.delete(queue, numbers)));
  }

  private void replay(ApiExchange exchange) throws IOException, Problem, DeskException {
    String queue = PubSubQueries.queue(exchange);
    double rate = rate(exchange.query().text("rate").orElse("0"));
    exchange.json(
        201,
        desk.replay(queue, PubSubQueries.search(exchange), PubSubQueries.numbers(exchange), rate));
  }

  private static double rate(String text) throws Problem {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new Problem(400, "rate is a number of messages a second");
    }
  }

  private static void answer(ApiExchange exchange, Optional<Replay> replay)
      throws IOException, Problem {
    exchange.json(
        200,
        replay.orElseThrow(
            () -> new Problem(404, "There is no replay " + exchange.parameter("number"))));
  }
}
