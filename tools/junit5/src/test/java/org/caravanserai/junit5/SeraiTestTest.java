package org.caravanserai.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;
import org.caravanserai.junit5.OrderService.Answer;
import org.caravanserai.junit5.OrderService.Order;
import org.caravanserai.junit5.OrderService.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SeraiTestTest {

  @RegisterExtension final SeraiTest serai = SeraiTest.of(OrderService.class, Audit.class);

  /** Is called by the other one. */
  @ServiceName("kit.audit")
  public static class Audit implements Service<Map<String, Object>, String> {
    @Override
    public String handle(Map<String, Object> input, Context context) {
      return "noted " + input.get("n");
    }
  }

  @BeforeEach
  void surroundings() {
    serai.config("shop", Map.of("greeting", "Salaam"));
    serai.setResponse(Warehouse.class, "main", Map.of("name", "tea", "stock", 7));
  }

  @Test
  void aServiceRunsInTheRealRuntime() {
    serai.clock().set(Instant.parse("2027-03-04T05:06:07Z"));
    serai.clock().advance(Duration.ofSeconds(1));

    Answer answer = serai.invoke(OrderService.class, new Order("tea", 2), Answer.class);

    assertThat(answer)
        .isEqualTo(new Answer("Salaam, noted 2", 7, Instant.parse("2027-03-04T05:06:08Z")));
    assertThat(serai.published()).hasSize(1);
    assertThat(serai.published().get(0).target()).isEqualTo("orders.new");
    assertThat(serai.published().get(0).data()).isEqualTo("{\"article\":\"tea\",\"amount\":2}");
    assertThat(serai.stored()).hasSize(1);
    assertThat(serai.stored().get(0).service()).isEqualTo("kit.audit");
    assertThat(serai.stored().get(0).onTarget()).containsExactly("kit.audit");
    assertThat(serai.connectionCalls())
        .extracting(ConnectionCall::method)
        .containsExactly("about", "ask");
    assertThat(serai.connectionCalls().get(0).arguments()).containsExactly("tea");
  }

  @Test
  void inputIsCheckedAsOnTheServer() {
    assertThatThrownBy(() -> serai.invoke("kit.order", Map.of("article", "tea"), Answer.class))
        .isInstanceOfSatisfying(
            ServiceException.class, refused -> assertThat(refused.status()).isEqualTo(400))
        .hasMessage("/amount: missing");
    assertThatThrownBy(() -> serai.invoke("kit.nobody", null, Void.class))
        .hasMessage("Service kit.nobody is not deployed");
  }

  @Test
  void whatATestDoesNotSayIsNotThere() {
    serai.setResponse(Warehouse.class, "other", "");
    assertThat(serai.published()).isEmpty();
    serai.setResponse(Warehouse.class, "main", new ServiceException(503, "closed"));

    assertThatThrownBy(() -> serai.invoke(OrderService.class, new Order("tea", 2), Answer.class))
        .hasMessage("closed");
  }

  @Test
  void servicesAndConnectionsOfTheTestsOwn() {
    serai.service("kit.audit", new Fixed());
    serai.connection(Warehouse.class, "main", new Empty());

    Answer answer = serai.invoke(OrderService.class, new Order("tea", 2), Answer.class);

    assertThat(answer.text()).isEqualTo("Salaam, fixed");
    assertThat(answer.stock()).isZero();
    assertThat(serai.connectionCalls()).isEmpty();
  }

  /** Answers the same. */
  public static class Fixed implements Service<Object, String> {
    @Override
    public String handle(Object input, Context context) {
      return "fixed";
    }
  }

  /** Has nothing. */
  private static final class Empty implements Warehouse, OrderService.Question {
    @Override
    public OrderService.Question about(String article) {
      return this;
    }

    @Override
    public <T> T ask(Class<T> type) {
      return type.cast(new OrderService.Article("none", 0));
    }

    @Override
    public java.util.List<String> all() {
      return java.util.List.of();
    }
  }
}
