import java.math.BigDecimal;
import java.util.Map;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;
import org.caravanserai.rest.Rest;
import org.caravanserai.rest.RestResponse;
import org.caravanserai.sql.Sql;

/** Asks the catalogue for the price of an item and stores the order. */
@ServiceName("orders.place")
public class PlaceOrder implements Service<PlaceOrder.Order, PlaceOrder.Receipt> {
  public record Order(String item, int count) {}

  public record Item(String name, BigDecimal price) {}

  public record Receipt(long id, BigDecimal total) {}

  @Override
  public Receipt handle(Order order, Context context) {
    RestResponse found =
        context.connection(Rest.class, "catalogue").get(Map.of("item", order.item()));
    if (!found.ok()) {
      throw new ServiceException(422, "The catalogue has no item " + order.item());
    }
    BigDecimal total = found.as(Item.class).price().multiply(BigDecimal.valueOf(order.count()));
    long id =
        context
            .connection(Sql.class, "orders")
            .one(
                Long.class,
                "insert into orders (item, count, total) values (:item, :count, :total) returning id",
                Map.of("item", order.item(), "count", order.count(), "total", total))
            .orElseThrow();
    return new Receipt(id, total);
  }
}
