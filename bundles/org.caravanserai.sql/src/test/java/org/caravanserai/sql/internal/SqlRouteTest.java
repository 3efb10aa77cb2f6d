package org.caravanserai.sql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.felix.framework.FrameworkFactory;
import org.caravanserai.api.ServiceException;
import org.caravanserai.camel.internal.ChannelRoutesService;
import org.caravanserai.camel.internal.ConnectionProducers;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.RuntimeSettings;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.sql.Sql;
import org.caravanserai.sql.SqlFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** {@code connection:sql/NAME} in routes of a Camel context. */
class SqlRouteTest {

  @TempDir private static Path folder;
  private static Framework framework;
  private static LiveRegistry registry;
  private static LiveCallPool pool;
  private static ChannelRoutesService camel;
  private static ProducerTemplate template;
  private static final Open OPEN = new Open();

  private final SqlKind kind = new SqlKind(Connections.drivers());

  /** The connections that are open. */
  private static final class Open implements org.caravanserai.spi.Connections {

    private final Map<String, LiveConnection<SqlConnection, Sql>> all = new HashMap<>();

    @Override
    public <F> LiveConnection<?, F> find(Class<F> facade, String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<OpenConnection> named(String name) {
      LiveConnection<SqlConnection, Sql> found = all.get(name);
      return found == null ? List.of() : List.of(new OpenConnection(SqlKind.NAME, found));
    }

    @Override
    public Absence absence(Class<?> facade, String name) {
      return new Absence("Connection " + name + " is not open", "");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, folder.toString(), "felix.log.level", "1"));
    framework.start();
    RuntimeSettings settings =
        (RuntimeSettings)
            Proxy.newProxyInstance(
                SqlRouteTest.class.getClassLoader(),
                new Class<?>[] {RuntimeSettings.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    registry = new LiveRegistry(settings);
    pool = new LiveCallPool(settings);
    ConnectionProducers producers = new ConnectionProducers();
    producers.bindConnections(OPEN);
    producers.bindProducer(new SqlProducer());
    camel =
        new ChannelRoutesService(
            framework.getBundleContext(),
            registry,
            new LiveInvoker(settings, registry, pool),
            producers);
    camel
        .context()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:statement").to("connection:sql/orders");
                from("direct:add")
                    .to("connection:sql/orders?query=insert into item values (:id, :item_name)");
                from("direct:find")
                    .to("connection:orders?query=select * from item where id = :#id order by id");
                from("direct:both")
                    .to("connection:sql/orders?query=insert into item values (?, ?)");
              }
            });
    template = camel.context().createProducerTemplate();
  }

  @AfterAll
  static void stop() throws Exception {
    camel.stop();
    pool.deactivate();
    registry.deactivate();
    framework.stop();
    framework.waitForStop(10_000);
  }

  @BeforeEach
  void open() throws Exception {
    OPEN.all.put(
        "orders",
        kind.open(Connections.of("type", Optional.of("h2"), "dbName", Optional.of("mem:routes"))));
    send("direct:statement", "create table item (id int primary key, item_name varchar(20))");
    send("direct:statement", "insert into item values (1, 'tea'), (2, 'salt')");
  }

  @AfterEach
  void close() {
    if (OPEN.all.containsKey("orders")) {
      send("direct:statement", "drop table item");
    }
    OPEN.all.values().forEach(LiveConnection::close);
    OPEN.all.clear();
    kind.deactivate();
  }

  private static Exchange send(String route, Object body) {
    return send(route, body, Map.of());
  }

  private static Exchange send(String route, Object body, Map<String, Object> headers) {
    return template.request(
        route,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
  }

  private static List<?> rows(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getBody(List.class);
  }

  @Test
  void aStatementInTheBodyGivesRowsOrACount() {
    Exchange found = send("direct:statement", "select item_name from item order by id");
    assertThat(rows(found)).asString().containsIgnoringCase("item_name=tea");
    assertThat(found.getMessage().getHeader("CamelSqlRowCount")).isEqualTo(2);
    Exchange changed = send("direct:statement", "update item set item_name = 'x'");
    assertThat(changed.getMessage().getHeader("CamelSqlUpdateCount")).isEqualTo(2L);
  }

  @Test
  void namesComeFromTheBodyThenFromHeaders() {
    Exchange added = send("direct:add", Map.of("id", 3, "item_name", "o'clock"), Map.of("id", 77));
    assertThat(added.getException()).isNull();
    assertThat(added.getMessage().getHeader("CamelSqlUpdateCount")).isEqualTo(1L);
    assertThat(rows(send("direct:find", null, Map.of("id", 3)))).asString().contains("o'clock");
    assertThat(rows(send("direct:find", Map.of("id", 1), Map.of("id", 3))))
        .asString()
        .contains("tea");
  }

  @Test
  void aListGivesTheParametersInTheirOrder() {
    assertThat(send("direct:both", List.of(4, "rice")).getException()).isNull();
    assertThat(rows(send("direct:find", null, Map.of("id", 4)))).asString().contains("rice");
  }

  @Test
  void whatTheDatabaseRefusesFailsTheExchange() {
    Exchange twice = send("direct:add", Map.of("id", 1, "item_name", "again"));
    assertThat(twice.getException())
        .isInstanceOfSatisfying(
            SqlFailure.class, failure -> assertThat(failure.sqlState()).startsWith("23"));
    assertThat(send("direct:statement", null).getException())
        .hasMessageContaining("give the option query, or a body");
  }

  @Test
  void aConnectionThatIsNotOpenIsA503() {
    send("direct:statement", "drop table item");
    OPEN.all.remove("orders").close();
    assertThat(send("direct:statement", "select 1").getException())
        .isInstanceOfSatisfying(
            ServiceException.class, absent -> assertThat(absent.status()).isEqualTo(503));
  }
}
