package org.caravanserai.sql.internal;

import java.util.Locale;
import java.util.Properties;
import org.caravanserai.spi.InvalidObjectException;

/**
 * Where a database is, as JDBC spells it.
 *
 * @param url the JDBC URL
 * @param properties of the driver, with the user and the password
 */
record DatabaseAddress(String url, Properties properties) {

  /**
   * What a configuration says.
   *
   * @throws InvalidObjectException if it makes no sense
   */
  static DatabaseAddress of(SqlConnection connection) throws InvalidObjectException {
    Properties properties = new Properties();
    String url;
    if (connection.url().isPresent()) {
      url = connection.url().get();
      if (!url.startsWith("jdbc:") || url.indexOf(':', "jdbc:".length()) < 0) {
        throw new InvalidObjectException(
            "url", "expected a JDBC URL such as jdbc:postgresql://...");
      }
    } else {
      url = url(connection, properties);
    }
    connection.username().ifPresent(user -> properties.setProperty("user", user));
    connection.password().ifPresent(secret -> properties.setProperty("password", secret));
    for (String extra : connection.extra()) {
      int equals = extra.indexOf('=');
      if (equals < 1) {
        throw new InvalidObjectException("extra", "expected name=value");
      }
      properties.setProperty(
          extra.substring(0, equals).strip(), extra.substring(equals + 1).strip());
    }
    return new DatabaseAddress(url, properties);
  }

  private static String url(SqlConnection connection, Properties properties)
      throws InvalidObjectException {
    String type = type(connection);
    return switch (type) {
      case "postgresql" -> {
        postgresqlTls(connection, properties);
        yield "jdbc:postgresql://" + hostPort(connection, 5432) + "/" + database(connection);
      }
      case "mysql", "mariadb" -> {
        mariadbTls(connection, properties);
        yield "jdbc:mariadb://" + hostPort(connection, 3306) + "/" + database(connection);
      }
      case "h2" ->
          connection.host().isPresent()
              ? "jdbc:h2:tcp://" + hostPort(connection, 9092) + "/" + database(connection)
              : "jdbc:h2:" + database(connection);
      case "oracle" ->
          "jdbc:oracle:thin:@//" + hostPort(connection, 1521) + "/" + database(connection);
      case "mssql" ->
          "jdbc:sqlserver://"
              + hostPort(connection, 1433)
              + ";databaseName="
              + database(connection)
              + ";encrypt="
              + connection.ssl();
      default ->
          throw new InvalidObjectException(
              "type",
              "expected postgresql, mysql, mariadb, h2, oracle or mssql; any other database by url");
    };
  }

  private static String type(SqlConnection connection) throws InvalidObjectException {
    String type =
        connection
            .type()
            .orElseThrow(() -> new InvalidObjectException("type", "missing: type or url is needed"))
            .toLowerCase(Locale.ROOT);
    int plus = type.indexOf('+');
    return plus < 0 ? type : type.substring(0, plus);
  }

  private static String hostPort(SqlConnection connection, int usual)
      throws InvalidObjectException {
    String host =
        connection.host().orElseThrow(() -> new InvalidObjectException("host", "missing"));
    plain("host", host);
    return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host)
        + ":"
        + connection.port().orElse(usual);
  }

  private static String database(SqlConnection connection) throws InvalidObjectException {
    String name =
        connection.dbName().orElseThrow(() -> new InvalidObjectException("db_name", "missing"));
    plain("db_name", name);
    return name;
  }

  /** What would go on with the URL's own parameters is no name. */
  private static void plain(String field, String text) throws InvalidObjectException {
    if (text.isBlank() || text.chars().anyMatch(c -> c <= ' ' || "?;&#@".indexOf(c) >= 0)) {
      throw new InvalidObjectException(
          field, "must hold no spaces and none of ?;&#@: parameters belong into extra");
    }
  }

  private static void postgresqlTls(SqlConnection connection, Properties properties) {
    if (connection.ssl()) {
      properties.setProperty("sslmode", connection.sslVerify() ? "verify-full" : "require");
      connection.sslCaFile().ifPresent(file -> properties.setProperty("sslrootcert", file));
      connection.sslCertFile().ifPresent(file -> properties.setProperty("sslcert", file));
      connection.sslKeyFile().ifPresent(file -> properties.setProperty("sslkey", file));
    }
  }

  private static void mariadbTls(SqlConnection connection, Properties properties) {
    if (connection.ssl()) {
      properties.setProperty("sslMode", connection.sslVerify() ? "verify-full" : "trust");
      connection.sslCaFile().ifPresent(file -> properties.setProperty("serverSslCert", file));
    }
  }

  /** The URL without parameters, which may hold secrets. */
  String shown() {
    int end = url.length();
    for (char mark : new char[] {'?', ';', '&'}) {
      int at = url.indexOf(mark);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    int at = url.lastIndexOf('@', end - 1);
    int slashes = url.indexOf("//");
    return at > slashes && slashes >= 0 && !url.startsWith("jdbc:oracle")
        ? url.substring(0, slashes + 2) + url.substring(at + 1, end)
        : url.substring(0, end);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return shown();
  }
}
