package org.caravanserai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.ServiceRevision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code service:} in routes other than those of channels. */
class ServiceEndpointTest {

  private static CamelServer server;
  private static ServiceRevision revision;
  private static ProducerTemplate template;

  /** What the service takes. */
  public record Order(String item, int count) {}

  /** What the service gives. */
  public record Receipt(String text, String cid) {}

  /** Answers at once. */
  @ServiceName("test.order")
  public static final class Orders implements Service<Order, Receipt> {
    @Override
    public Receipt handle(Order input, Context context) {
      if (input.count() < 0) {
        throw new ServiceException(422, "less than nothing");
      }
      return new Receipt(input.count() + " x " + input.item(), context.cid());
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = new CamelServer();
    revision = server.deploy(Orders.class);
    server
        .routes
        .context()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:order").routeId("orders").to("service:test.order");
                from("direct:tell").to("service:test.order?exchangePattern=InOnly");
              }
            });
    template = server.routes.context().createProducerTemplate();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @Test
  void theBodyIsTheInputAndBecomesTheOutput() {
    Receipt receipt = template.requestBody("direct:order", new Order("nails", 3), Receipt.class);
    Object fromMap = template.requestBody("direct:order", Map.of("item", "nuts", "count", 2));

    assertThat(receipt.text()).isEqualTo("3 x nails");
    assertThat(receipt.cid()).isNotEmpty();
    assertThat(fromMap).isInstanceOf(Receipt.class);
    assertThat(revision.inside()).isZero();
  }

  @Test
  void anInOnlyCallLeavesTheBodyAsItIs() {
    Order order = new Order("nails", 3);

    assertThat(template.requestBody("direct:tell", order)).isSameAs(order);
    assertThat(
            template
                .request("direct:tell", started -> started.getMessage().setBody(new Order("x", -1)))
                .getException())
        .isInstanceOf(ServiceException.class);
    assertThat(revision.inside()).isZero();
  }

  @Test
  void theCidComesFromTheHeader() {
    Receipt receipt =
        template.requestBodyAndHeader(
            "direct:order", new Order("nails", 3), "X-Serai-CID", "my-cid", Receipt.class);

    assertThat(receipt.cid()).isEqualTo("my-cid");
  }

  @Test
  void aFailureIsTheExchanges() {
    Exchange exchange =
        template.request(
            "direct:order", started -> started.getMessage().setBody(new Order("nails", -1)));

    assertThat(exchange.getException())
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.status()).isEqualTo(422));
    assertThat(revision.inside()).isZero();
  }

  @Test
  void nothingStartsFromAServiceOrGoesToAChannel() {
    assertThatThrownBy(
            () ->
                server
                    .routes
                    .context()
                    .addRoutes(
                        new RouteBuilder() {
                          @Override
                          public void configure() {
                            from("service:test.order").to("log:x");
                          }
                        }))
        .hasStackTraceContaining("a service is called");
    assertThatThrownBy(() -> template.sendBody("channel:channel_rest/one", "x"))
        .hasStackTraceContaining("made from their configuration");
  }

  @Test
  void routesInYamlAndXmlAreUnderstood() throws Exception {
    var loader = PluginHelper.getRoutesLoader(server.routes.context());
    loader.loadRoutes(
        ResourceHelper.fromString(
            "one.yaml",
            """
            - route:
                id: from-yaml
                from:
                  uri: direct:yaml
                  steps:
                    - setBody:
                        simple: "${body}"
                    - to: service:test.order
            """));
    loader.loadRoutes(
        ResourceHelper.fromString(
            "two.xml",
            """
            <routes xmlns="http://camel.apache.org/schema/spring">
              <route id="from-xml"><from uri="direct:xml"/><to uri="service:test.order"/></route>
            </routes>
            """));

    assertThat(template.requestBody("direct:yaml", new Order("a", 1), Receipt.class).text())
        .isEqualTo("1 x a");
    assertThat(template.requestBody("direct:xml", new Order("b", 2), Receipt.class).text())
        .isEqualTo("2 x b");
  }
}
