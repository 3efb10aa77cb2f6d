package org.caravanserai.management.internal;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.api.ServiceException;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.cache.CacheItem;
import org.caravanserai.cache.CacheStatus;
import org.caravanserai.cache.ItemPage;
import org.caravanserai.management.DeletedAnswer;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Caches and what is in them: list, look at, put, delete, clear. */
@Component(service = Resource.class)
public final class CachesResource implements Resource {

  private static final String CACHES = "/api/v1/caches";
  private static final String ONE = CACHES + "/{name+}";
  private static final String ENTRY = ONE + "/entry";
  private static final int LARGEST_VALUE = 64 * 1024 * 1024;
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;
  private static final QueryParameter KEY = QueryParameter.text("key", "the key, any text");

  private final CacheDesk desk;
  private final Listing<CacheStatus> caches =
      new Listing<CacheStatus>(each -> Stream.of(each.name()))
          .by("name", CacheStatus::name)
          .sortedBy("size", each -> each.size().orElse(0L))
          .sortedBy("bytes", CacheStatus::bytes)
          .sortedBy("hits", CacheStatus::hits)
          .sortedBy("misses", CacheStatus::misses)
          .sortedBy("evictions", CacheStatus::evictions);

  /** Made by the container. */
  @Activate
  public CachesResource(@Reference CacheDesk desk) {
    this.desk = desk;
  }

  /** What an operation does that the desk may refuse. */
  @FunctionalInterface
  private interface Handler {
    void answer(ApiExchange exchange) throws IOException, Problem;
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
          } catch (ServiceException e) {
            throw new Problem(e.status(), e.details());
          }
        });
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        of(
                "GET",
                CACHES,
                Operation.CACHE_READ,
                "the caches, and how much they are used",
                exchange -> exchange.json(200, caches.page(desk.caches(), exchange.query())))
            .with(caches.parameters())
            .answers(200, new PageOf(CacheStatus.class)),
        of(
                "GET",
                ONE,
                Operation.CACHE_READ,
                "one of them",
                exchange -> exchange.json(200, desk.cache(name(exchange))))
            .answers(200, CacheStatus.class)
            .refuses(404),
        of(
                "GET",
                ONE + "/entries",
                Operation.CACHE_BROWSE,
                "its values by their keys, with the beginning of each",
                this::list)
            .with(
                List.of(
                    QueryParameter.text("q", "only with this text in the key or the value"),
                    QueryParameter.number("offset", "how many items to leave out"),
                    QueryParameter.number("limit", "how many items at most; 50 by default")))
            .answers(200, ItemPage.class)
            .refuses(404),
        of(
                "GET",
                ENTRY,
                Operation.CACHE_BROWSE,
                "one of them, with all that is known of it",
                exchange -> exchange.json(200, desk.item(name(exchange), key(exchange))))
            .with(List.of(KEY))
            .answers(200, CacheItem.class)
            .refuses(404),
        of("PUT", ENTRY, Operation.CACHE_WRITE, "puts a value; body: the value, in JSON", this::put)
            .with(
                List.of(
                    KEY,
                    QueryParameter.text(
                        "expiry", "how long it is kept, in seconds; 0 for ever; as configured")))
            .takes("application/json", Map.of())
            .answers(204, "", Map.of())
            .refuses(404, 413),
        of(
                "DELETE",
                ENTRY,
                Operation.CACHE_WRITE,
                "deletes it",
                exchange -> {
                  desk.delete(name(exchange), key(exchange));
                  exchange.done();
                })
            .with(List.of(KEY))
            .answers(204, "", Map.of())
            .refuses(404),
        of("POST", ONE + "/clear", Operation.CACHE_WRITE, "deletes all its values", this::clear)
            .with(List.of(QueryParameter.text("confirm", "the cache's name once more")))
            .answers(200, DeletedAnswer.class)
            .refuses(404, 422));
  }

  private static String name(ApiExchange exchange) {
    return exchange.parameter("name");
  }

  private static String key(ApiExchange exchange) throws Problem {
    return exchange
        .query()
        .text(KEY.name())
        .orElseThrow(() -> new Problem(400, "The parameter key is missing"));
  }

  private void list(ApiExchange exchange) throws IOException, Problem {
    Query query = exchange.query();
    exchange.json(
        200,
        desk.items(
            name(exchange),
            query.text("q").orElse(""),
            query.number("offset", 0, 0, Integer.MAX_VALUE),
            query.number("limit", USUAL_PAGE, 1, LARGEST_PAGE)));
  }

  private void put(ApiExchange exchange) throws IOException, Problem {
    String key = key(exchange);
    Optional<Duration> expiry = expiry(exchange.query());
    desk.put(name(exchange), key, exchange.body(LARGEST_VALUE), expiry);
    exchange.done();
  }

  private static Optional<Duration> expiry(Query query) throws Problem {
    Optional<String> text = query.text("expiry");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      BigDecimal seconds = new BigDecimal(text.get());
      if (seconds.signum() >= 0 && seconds.precision() - seconds.scale() <= 10) {
        return Optional.of(Duration.ofMillis(seconds.movePointRight(3).longValue()));
      }
    } catch (NumberFormatException e) {
      // Told below, with what is out of range.
    }
    throw new Problem(400, "expiry is a number of seconds, 0 for ever");
  }

  private void clear(ApiExchange exchange) throws IOException, Problem {
    String confirmation = exchange.query().text("confirm").orElse("");
    exchange.json(200, new DeletedAnswer(desk.clear(name(exchange), confirmation)));
  }
}
