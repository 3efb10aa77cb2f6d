package org.caravanserai.sql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.sql.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlKindTest {

  private final SqlKind kind = new SqlKind(Connections.drivers());

  private static DatabaseAddress address(Object... changes) throws InvalidObjectException {
    return DatabaseAddress.of(Connections.of(changes));
  }

  private static String refused(Object... changes) {
    try {
      address(changes);
    } catch (InvalidObjectException e) {
      return e.field() + ": " + e.getMessage();
    }
    return "";
  }

  @Test
  void isZatosKind() {
    assertThat(kind.name()).isEqualTo("sql");
    assertThat(kind.type()).isEqualTo(SqlConnection.class);
    assertThat(kind.facade()).isEqualTo(Sql.class);
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql,h,,d,jdbc:postgresql://h:5432/d",
    "postgresql+pg8000,h,1,d,jdbc:postgresql://h:1/d",
    "MySQL+pymysql,h,,d,jdbc:mariadb://h:3306/d",
    "mariadb,::1,,d,jdbc:mariadb://[::1]:3306/d",
    "oracle,h,,d,jdbc:oracle:thin:@//h:1521/d",
    "mssql,h,,d,jdbc:sqlserver://h:1433;databaseName=d;encrypt=false",
    "h2,,,mem:x,jdbc:h2:mem:x",
    "h2,h,,d,jdbc:h2:tcp://h:9092/d"
  })
  void aTypeGivesTheUrl(String type, String host, Integer port, String database, String url)
      throws InvalidObjectException {
    assertThat(
            address(
                    "type",
                    Optional.of(type),
                    "host",
                    Optional.ofNullable(host),
                    "port",
                    Optional.ofNullable(port),
                    "dbName",
                    Optional.of(database))
                .url())
        .isEqualTo(url);
  }

  @Test
  void whatIsMissingOrWrongIsSaid() {
    assertThat(refused()).isEqualTo("type: missing: type or url is needed");
    assertThat(refused("type", Optional.of("sqlite"))).contains("any other database by url");
    assertThat(refused("type", Optional.of("postgresql"))).isEqualTo("host: missing");
    assertThat(refused("type", Optional.of("h2"))).isEqualTo("db_name: missing");
    assertThat(refused("url", Optional.of("postgresql://x"))).startsWith("url: ");
    assertThat(refused("url", Optional.of("jdbc:h2:mem:x"), "extra", List.of("a")))
        .isEqualTo("extra: expected name=value");
    assertThat(
            refused(
                "type",
                Optional.of("postgresql"),
                "host",
                Optional.of("h"),
                "dbName",
                Optional.of("d?socketFactory=evil")))
        .startsWith("db_name: must hold no");
  }

  @Test
  void tlsAndExtrasBecomePropertiesOfTheDriver() throws InvalidObjectException {
    DatabaseAddress address =
        address(
            "type",
            Optional.of("postgresql"),
            "host",
            Optional.of("h"),
            "dbName",
            Optional.of("d"),
            "ssl",
            true,
            "sslCaFile",
            Optional.of("/ca.pem"),
            "extra",
            List.of("ApplicationName = serai", "a=b=c"),
            "username",
            Optional.of("me"),
            "password",
            Optional.of("secret"));
    assertThat(address.properties())
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslrootcert", "/ca.pem")
        .containsEntry("ApplicationName", "serai")
        .containsEntry("a", "b=c")
        .containsEntry("user", "me")
        .containsEntry("password", "secret");
    assertThat(address.toString()).isEqualTo("jdbc:postgresql://h:5432/d");
    assertThat(Connections.of("password", Optional.of("secret")).toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/d?password=secret,jdbc:postgresql://h/d",
    "jdbc:mariadb://me:secret@h/d,jdbc:mariadb://h/d",
    "jdbc:sqlserver://h;password=secret,jdbc:sqlserver://h",
    "jdbc:oracle:thin:@//h:1/d,jdbc:oracle:thin:@//h:1/d"
  })
  void aUrlIsShownWithoutSecrets(String url, String shown) throws InvalidObjectException {
    assertThat(address("url", Optional.of(url)).shown()).isEqualTo(shown);
  }

  @Test
  void aDriverThatIsNotThereIsTheReason() {
    assertThatThrownBy(() -> kind.open(Connections.of("url", Optional.of("jdbc:nothing:x"))))
        .hasMessageContaining("no driver for jdbc:nothing:x is there");
    assertThat(kind.pools()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select :a, :b_2 | a b_2",
        "select ':no', \":no\", `:no`, :yes | yes",
        "select x::text, :y::jsonb | y",
        "-- :no | ''",
        "/* :no */ :yes | yes",
        "select $$ :no $$, $t$ :no $t$, :yes | yes",
        "select $1, :yes, a$b | yes",
        "select array[1:2], a:b | b",
        "select 'it''s :no' , :yes | yes",
        "select ':unfinished | ''"
      })
  void namesAreFoundWhereTheyAreNames(String statement, String names) {
    assertThat(String.join(" ", NamedStatement.parse(statement).names())).isEqualTo(names);
  }

  @Property
  void aStatementLosesNothingButItsNames(@ForAll String statement) {
    NamedStatement parsed = NamedStatement.parse(statement);
    StringBuilder again = new StringBuilder(parsed.texts().get(0));
    for (int i = 0; i < parsed.names().size(); i++) {
      again.append(':').append(parsed.names().get(i)).append(parsed.texts().get(i + 1));
    }
    assertThat(again).hasToString(statement);
    List<Object> params = new ArrayList<>();
    parsed.bind(name -> name, params);
    assertThat(params).hasSameSizeAs(parsed.names());
  }
}
