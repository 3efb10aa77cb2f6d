package org.caravanserai.sql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.spi.LiveConnection;
import org.caravanserai.sql.Sql;
import org.caravanserai.sql.SqlFailure;
import org.caravanserai.sql.postgres.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real PostgreSQL, and H2 where it differs. */
class SqlTest {

  enum Colour {
    RED,
    GREEN
  }

  record Item(int id, String itemName, Optional<BigDecimal> price) {}

  record Everything(
      long big,
      boolean yes,
      Colour colour,
      UUID uuid,
      LocalDate day,
      LocalDateTime local,
      Instant moment,
      byte[] bytes,
      Map<String, Object> json,
      List<String> list,
      Optional<String> missing) {}

  private static Postgres postgres;

  private final SqlKind kind = new SqlKind(Connections.drivers());
  private final TestCaller caller = new TestCaller();
  private final List<LiveConnection<?, ?>> opened = new ArrayList<>();
  private Sql sql;

  @BeforeAll
  static void startPostgres() {
    postgres = new Postgres();
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @BeforeEach
  void items() throws Exception {
    sql = open().facade(caller);
    sql.update("drop table if exists item");
    sql.update("create table item (id int primary key, item_name text, price numeric(10,2))");
    sql.batch(
        "insert into item values (?, ?, ?)",
        List.of(List.of(1, "tea", new BigDecimal("2.50")), Arrays.asList(2, "salt", null)));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    caller.end();
    opened.forEach(LiveConnection::close);
    await().until(() -> kind.pools() == 0);
    kind.deactivate();
  }

  private LiveConnection<SqlConnection, Sql> open(Object... changes) throws Exception {
    return openConfigured(Connections.to(postgres, changes));
  }

  private LiveConnection<SqlConnection, Sql> openConfigured(SqlConnection configuration)
      throws Exception {
    kind.validate(configuration);
    LiveConnection<SqlConnection, Sql> connection = kind.open(configuration);
    opened.add(connection);
    return connection;
  }

  private static String text(MetricsComponent metrics) throws IOException {
    var out = new ByteArrayOutputStream();
    metrics.write(null, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void howBusyThePoolIsIsInTheMetrics() throws Exception {
    MetricsComponent metrics = new MetricsComponent();
    PoolGauges gauges = new PoolGauges(kind, metrics);
    String labels = "serai_connection_pool_connections{connection=\"orders\",kind=\"sql\",state=";
    assertThat(text(metrics))
        .contains(labels + "\"active\"} 0.0", labels + "\"idle\"} 1.0")
        .contains("serai_connection_pool_waiting{connection=\"orders\",kind=\"sql\"} 0.0");
    String inside =
        sql.inTransaction(
            within -> {
              within.query("select 1");
              return text(metrics);
            });
    assertThat(inside).contains(labels + "\"active\"} 1.0", labels + "\"idle\"} 0.0");
    opened.forEach(LiveConnection::close);
    opened.clear();
    assertThat(text(metrics)).doesNotContain("orders");
    gauges.stop();
    assertThat(text(metrics)).doesNotContain("serai_connection_pool");
  }

  private static SqlFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    try {
      c.call();
    } catch (SqlFailure e) {
      return e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no failure");
  }

  @Test
  void rowsAreMapsOrRecordsOrValues() {
    assertThat(sql.query("select * from item order by id"))
        .hasToString("[{id=1, item_name=tea, price=2.50}, {id=2, item_name=salt, price=null}]");
    assertThat(sql.query(Item.class, "select * from item order by id"))
        .containsExactly(
            new Item(1, "tea", Optional.of(new BigDecimal("2.50"))),
            new Item(2, "salt", Optional.empty()));
    assertThat(sql.query(Integer.class, "select id from item order by id")).containsExactly(1, 2);
    assertThat(sql.query(Long.class, "select id from item order by id")).containsExactly(1L, 2L);
    assertThat(sql.one(String.class, "select item_name from item where id = ?", 1)).contains("tea");
    assertThat(sql.one("select id from item where id = ?", 1)).contains(Map.of("id", 1));
    assertThat(sql.one(Item.class, "select * from item where id = ?", 3)).isEmpty();
    assertThat(sql.one(BigDecimal.class, "select price from item where id = 2")).isEmpty();
  }

  @Test
  void parametersHaveNamesWhenAMapOrRecordIsGiven() {
    assertThat(
            sql.query(
                Integer.class,
                "select id from item where id in (:ids) and item_name::text = :name -- :no",
                Map.of("ids", List.of(1, 2, 3), "name", "tea")))
        .containsExactly(1);
    assertThat(
            sql.query(
                Integer.class, "select id from item where id in (:ids)", Map.of("ids", List.of())))
        .isEmpty();
    assertThat(
            sql.update(
                "insert into item values (:id, :itemName, :price)",
                new Item(3, "silk", Optional.of(BigDecimal.TEN))))
        .isEqualTo(1);
    assertThat(sql.one(String.class, "select item_name from item where id = 3")).contains("silk");
    assertThatThrownBy(() -> sql.query("select :a", Map.of("b", 1))).hasMessage("no value for :a");
    assertThatThrownBy(() -> sql.query("select ?", List.of(1), 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesOfAllKindsComeBackAsTheyWere() {
    sql.update("drop table if exists everything");
    sql.update(
        """
        create table everything (big bigint, yes boolean, colour text, uuid uuid, day date,
          local timestamp, moment timestamptz, bytes bytea, json jsonb, list text[])
        """);
    UUID uuid = UUID.randomUUID();
    Instant moment = Instant.parse("2026-01-02T03:04:05.678Z");
    sql.update(
        "insert into everything values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, array['a','b'])",
        7L,
        true,
        Colour.GREEN,
        uuid,
        LocalDate.of(2026, 1, 2),
        LocalDateTime.of(2026, 1, 2, 3, 4),
        moment,
        new byte[] {1, 2},
        "{\"a\":1}");
    Everything all = sql.one(Everything.class, "select * from everything").orElseThrow();
    assertThat(all)
        .usingRecursiveComparison()
        .isEqualTo(
            new Everything(
                7,
                true,
                Colour.GREEN,
                uuid,
                LocalDate.of(2026, 1, 2),
                LocalDateTime.of(2026, 1, 2, 3, 4),
                moment,
                new byte[] {1, 2},
                Map.of("a", 1),
                List.of("a", "b"),
                Optional.empty()));
    Map<String, Object> map = sql.one("select * from everything").orElseThrow();
    assertThat(map.get("moment")).isInstanceOf(OffsetDateTime.class);
    assertThat(map.get("json")).isEqualTo("{\"a\": 1}");
    assertThat(map.get("list")).isEqualTo(List.of("a", "b"));
  }

  @Test
  void whatDoesNotFitIsSaidWithItsPlace() {
    assertThatThrownBy(() -> sql.query(Item.class, "select id from item"))
        .hasMessageContaining("no column for component itemName")
        .hasMessageContaining("[id]");
    assertThatThrownBy(() -> sql.query(Integer.class, "select item_name from item"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("column 1: a String does not fit Integer");
    assertThatThrownBy(
            () -> sql.query(Item.class, "select null::int as id, 'a' as item_name, 1.0 as price"))
        .hasMessageContaining("component id can't be null");
    assertThatThrownBy(() -> sql.query(Integer.class, "select 5000000000"))
        .hasMessageStartingWith("column 1: a Long does not fit Integer");
  }

  @Test
  void moreRowsThanAllowedAreAFailureAndNotCutOff() throws Exception {
    Sql small = open("name", "small", "maxRows", 2).facade(caller);
    assertThat(small.query("select generate_series(1, 2)")).hasSize(2);
    SqlFailure many = failure(() -> small.query("select generate_series(1, 3)"));
    assertThat(many.status()).isEqualTo(500);
    assertThat(many.details()).contains("more rows than max_rows (2)");
    assertThat(failure(() -> sql.one("select * from item")).details())
        .contains("more than one row");
  }

  @Test
  void aStreamReadsPieceByPieceAndEndsWithTheCall() throws Exception {
    Sql small = open("name", "small", "maxRows", 1, "poolSize", 1).facade(caller);
    try (Stream<Integer> rows = small.stream(Integer.class, "select generate_series(1, 10000)")) {
      assertThat(rows.mapToInt(Integer::intValue).sum()).isEqualTo(50_005_000);
    }
    Stream<Integer> left = small.stream(Integer.class, "select generate_series(1, 100000000)");
    assertThat(left.iterator().next()).isEqualTo(1);
    caller.end();
    assertThat(small.one(Integer.class, "select 1")).contains(1);
    assertThatThrownBy(() -> small.stream(Integer.class, "select no"))
        .isInstanceOf(SqlFailure.class);
    assertThat(small.one(Integer.class, "select 1")).contains(1);
  }

  @Test
  void aTransactionIsAllOrNothing() {
    assertThat(
            sql.<Long, RuntimeException>inTransaction(
                tx -> tx.update("update item set price = 1") + tx.update("delete from item")))
        .isEqualTo(4);
    assertThat(count()).isZero();
    assertThatThrownBy(
            () ->
                sql.inTransaction(
                    tx -> {
                      tx.update("insert into item values (5, 'x', 1)");
                      assertThat(tx.one(Integer.class, "select id from item")).contains(5);
                      throw new java.io.IOException("no");
                    }))
        .isInstanceOf(java.io.IOException.class);
    assertThat(count()).isZero();
    Sql[] kept = new Sql[1];
    sql.<Object, RuntimeException>inTransaction(
        tx -> {
          kept[0] = tx;
          return tx.<Long, RuntimeException>inTransaction(
              inner -> inner.update("insert into item values (6, 'y', 1)"));
        });
    assertThat(count()).isEqualTo(1);
    assertThatThrownBy(() -> kept[0].update("delete from item"))
        .isInstanceOf(IllegalStateException.class);
  }

  private long count() {
    return sql.one(Long.class, "select count(*) from item").orElseThrow();
  }

  @Test
  void aBatchThatFailsChangesNothing() {
    SqlFailure failure =
        failure(
            () ->
                sql.batch(
                    "insert into item (id, item_name) values (:id, :itemName)",
                    List.of(
                        new Item(7, "a", Optional.empty()), new Item(1, "b", Optional.empty()))));
    assertThat(failure.isConstraintViolation()).isTrue();
    assertThat(count()).isEqualTo(2);
    assertThat(sql.batch("insert into item (id) values (?)", List.of())).isEmpty();
    assertThat(
            sql.batch(
                "insert into item (id) values (?)", List.of(new Object[] {8}, new Object[] {9})))
        .hasSize(2);
  }

  @Test
  void aFailureTellsCallersNothingOfStatementsAndValues() {
    SqlFailure failure = failure(() -> sql.update("insert into item values (1, 'secret', 1)"));
    assertThat(failure.status()).isEqualTo(500);
    assertThat(failure.sqlState()).isEqualTo("23505");
    assertThat(failure.details())
        .isEqualTo("The database of connection orders refused a statement");
    assertThat(failure(() -> sql.query("select nonsense")).sqlState()).isEqualTo("42703");
  }

  @Test
  void aStatementThatTakesTooLongIs504() throws Exception {
    Sql quick = open("name", "quick", "queryTimeout", Duration.ofSeconds(1)).facade(caller);
    assertThat(failure(() -> quick.query("select pg_sleep(30)")).status()).isEqualTo(504);
    caller.nanosLeft = 1;
    assertThat(failure(() -> sql.query("select pg_sleep(30)")).status()).isEqualTo(504);
  }

  @Test
  void anEmptyPoolIs503() throws Exception {
    Sql one =
        open("name", "one", "poolSize", 1, "connectionTimeout", Duration.ofMillis(300))
            .facade(caller);
    one.inTransaction(
        tx -> {
          SqlFailure failure = failure(() -> one.query("select 1"));
          assertThat(failure.status()).isEqualTo(503);
          assertThat(failure.details())
              .isEqualTo("All connections of one are in use: try again later");
          return null;
        });
    assertThat(one.query("select 1")).hasSize(1);
  }

  @Test
  void aWrongPasswordIsSaid() throws Exception {
    LiveConnection<SqlConnection, Sql> wrong =
        open(
            "name",
            "wrong",
            "password",
            Optional.of("no"),
            "connectionTimeout",
            Duration.ofSeconds(1));
    SqlFailure failure = failure(() -> wrong.facade(caller).query("select 1"));
    assertThat(failure.status()).isEqualTo(502);
    assertThat(failure.details()).isEqualTo("The database of connection wrong refused to log in");
    assertThatThrownBy(wrong::ping)
        .hasMessageContaining(postgres.url())
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("no\"");
  }

  @Test
  void aPingSaysWhatWasReached() throws Exception {
    assertThat(open().ping()).startsWith("PostgreSQL 16").endsWith(" at " + postgres.url());
  }

  @Test
  void aDatabaseThatComesBackIsUsedAgain() throws Exception {
    LiveConnection<SqlConnection, Sql> connection =
        open("name", "back", "connectionTimeout", Duration.ofSeconds(1));
    Sql back = connection.facade(caller);
    assertThat(back.query("select 1")).hasSize(1);
    postgres.stop();
    SqlFailure away = failure(() -> back.query("select 1"));
    assertThat(away.status()).isEqualTo(502);
    assertThatThrownBy(connection::ping).hasMessageContaining("refused");
    postgres.start();
    await().ignoreExceptions().until(() -> !back.query("select 1").isEmpty());
  }

  @Test
  void anEditUnderLoadFailsNoCall() throws Exception {
    LiveConnection<SqlConnection, Sql> connection = open("poolSize", 4);
    AtomicBoolean end = new AtomicBoolean();
    List<CompletableFuture<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      workers.add(
          CompletableFuture.supplyAsync(
              () -> {
                int calls = 0;
                while (!end.get()) {
                  Sql used = connection.facade(new TestCaller());
                  assertThat(used.one(Integer.class, "select 1")).contains(1);
                  calls++;
                }
                return calls;
              }));
    }
    for (int i = 1; i <= 20; i++) {
      connection.replace(Connections.to(postgres, "poolSize", 4 + i % 3));
      assertThat(connection.facade(caller).query("select 1")).hasSize(1);
    }
    end.set(true);
    for (CompletableFuture<Integer> worker : workers) {
      assertThat(worker.get(20, TimeUnit.SECONDS)).isPositive();
    }
  }

  @Test
  void aTransactionInFlightEndsOnThePoolThatItBeganOn() throws Exception {
    LiveConnection<SqlConnection, Sql> connection = open("name", "flight");
    Sql used = connection.facade(caller);
    CountDownLatch replaced = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    CompletableFuture<Long> flight =
        CompletableFuture.supplyAsync(
            () ->
                used.<Long, RuntimeException>inTransaction(
                    tx -> {
                      tx.update("insert into item values (20, 'a', 1)");
                      inside.countDown();
                      try {
                        assertThat(replaced.await(20, TimeUnit.SECONDS)).isTrue();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return tx.update("insert into item values (21, 'b', 1)");
                    }));
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    int before = kind.pools();
    connection.replace(Connections.to(postgres, "name", "flight", "poolSize", 3));
    assertThat(kind.pools()).isEqualTo(before + 1);
    assertThat(used.query("select 1")).hasSize(1);
    replaced.countDown();
    assertThat(flight.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(count()).isEqualTo(4);
    await().until(() -> kind.pools() == before);
    connection.close();
    assertThatThrownBy(() -> used.query("select 1")).isInstanceOf(SqlFailure.class);
  }

  @Test
  void thePoolIsADataSource() throws Exception {
    try (Connection connection = sql.dataSource().getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThatThrownBy(() -> sql.dataSource().getConnection("a", "b"))
        .isInstanceOf(java.sql.SQLFeatureNotSupportedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mem:one;DB_CLOSE_DELAY=-1", "mem:two"})
  void h2IsADatabaseToo(String database) throws Exception {
    Sql h2 =
        openConfigured(
                Connections.of(
                    "name", "h2", "url", Optional.of("jdbc:h2:" + database), "poolSize", 1))
            .facade(caller);
    h2.update("create table if not exists t (id int primary key, created_at timestamp)");
    h2.update("merge into t values (1, ?)", LocalDateTime.of(2026, 1, 2, 3, 4));
    assertThat(h2.query("select * from t"))
        .containsExactly(Map.of("id", 1, "created_at", LocalDateTime.of(2026, 1, 2, 3, 4)));
    SqlFailure failure = failure(() -> h2.update("insert into t values (1, null)"));
    assertThat(failure.isConstraintViolation()).isTrue();
  }
}
