package org.caravanserai.junit5;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

/** A service that uses much of what services have. */
@ServiceName("kit.order")
public class OrderService implements Service<OrderService.Order, OrderService.Answer> {

  /** What is ordered. */
  public record Order(String article, int amount) {}

  /** What is answered. */
  public record Answer(String text, int stock, Instant at) {}

  /** What another system knows of an article. */
  public record Article(String name, int stock) {}

  /** What services see of that system. */
  public interface Warehouse {

    /** The beginning of a question. */
    Question about(String article);
  }

  /** A question. */
  public interface Question {

    /** Asks. */
    <T> T ask(Class<T> type);

    /** Asks for all. */
    List<String> all();
  }

  @Override
  public Answer handle(Order order, Context context) {
    Article article =
        context.connection(Warehouse.class, "main").about(order.article()).ask(Article.class);
    context.publish("orders.new", order);
    context.invokeAsync("kit.audit", order).callback("kit.audit").durable().start();
    String text =
        context.config("shop").get("greeting", String.class)
            + ", "
            + context.invoke("kit.audit", Map.of("n", order.amount()), String.class);
    return new Answer(text, article.stock(), context.clock().instant());
  }
}
