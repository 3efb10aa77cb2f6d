package org.caravanserai.sql.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.caravanserai.camel.ConnectionProducer;
import org.caravanserai.sql.Sql;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * {@code connection:sql/NAME} in routes, with the headers of Camel's own SQL component.
 *
 * <p>The statement is the option {@code query}, else the body. The values of {@code :names} are
 * members of a body that is a map, else headers; those of {@code ?} the items of a body that is a
 * list. A query gives a list of maps as the body and {@code CamelSqlRowCount}; anything else gives
 * {@code CamelSqlUpdateCount} and leaves the body.
 */
@Component(service = ConnectionProducer.class)
public final class SqlProducer implements ConnectionProducer<Sql> {

  private static final Pattern QUERY =
      Pattern.compile(
          "\\s*(select|with|values|show|table|explain)\\b.*|.*\\breturning\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  @Override
  public String kind() {
    return SqlKind.NAME;
  }

  @Override
  public Class<Sql> facade() {
    return Sql.class;
  }

  @Override
  public void process(Sql connection, Exchange exchange, Map<String, Object> options) {
    Message message = exchange.getMessage();
    Object option = options.get("query");
    String statement =
        option == null ? message.getBody(String.class) : option.toString().replace(":#", ":");
    if (statement == null || statement.isBlank()) {
      throw new IllegalArgumentException("no statement: give the option query, or a body");
    }
    @Nullable Object[] params = params(statement, message, option != null);
    if (QUERY.matcher(statement).matches()) {
      List<Map<String, @Nullable Object>> rows = connection.query(statement, params);
      message.setBody(rows);
      message.setHeader("CamelSqlRowCount", rows.size());
    } else {
      message.setHeader("CamelSqlUpdateCount", connection.update(statement, params));
    }
  }

  private static @Nullable Object[] params(String statement, Message message, boolean bodyIsData) {
    Object body = bodyIsData ? message.getBody() : null;
    List<String> names = NamedStatement.parse(statement).names();
    if (!names.isEmpty()) {
      Map<String, @Nullable Object> values = new HashMap<>();
      for (String name : names) {
        if (body instanceof Map<?, ?> map && map.containsKey(name)) {
          values.put(name, map.get(name));
        } else if (message.getHeaders().containsKey(name)) {
          values.put(name, message.getHeader(name));
        }
      }
      return new Object[] {values};
    }
    return body instanceof Collection<?> list ? list.toArray() : new Object[0];
  }
}
