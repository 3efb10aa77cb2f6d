package org.caravanserai.sql.internal;

import java.lang.reflect.RecordComponent;
import java.sql.Driver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.caravanserai.sql.postgres.Postgres;

/** Configurations with the defaults but for what a test gives. */
final class Connections {

  private Connections() {}

  /** The drivers of the class path. */
  static Drivers drivers() {
    return url -> {
      for (Driver driver : ServiceLoader.load(Driver.class)) {
        if (driver.acceptsURL(url)) {
          return Optional.of(driver);
        }
      }
      return Optional.empty();
    };
  }

  static SqlConnection to(Postgres postgres, Object... changes) {
    Object[] all = new Object[changes.length + 12];
    Object[] own = {
      "type", Optional.of("postgresql"),
      "host", Optional.of("127.0.0.1"),
      "port", Optional.of(postgres.port()),
      "dbName", Optional.of(Postgres.DATABASE),
      "username", Optional.of(Postgres.USER),
      "password", Optional.of(Postgres.PASSWORD)
    };
    System.arraycopy(own, 0, all, 0, own.length);
    System.arraycopy(changes, 0, all, own.length, changes.length);
    return of(all);
  }

  static SqlConnection of(Object... changes) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("name", "orders");
    fields.put("isActive", true);
    for (String absent :
        List.of(
            "type",
            "host",
            "port",
            "dbName",
            "url",
            "username",
            "password",
            "sslCaFile",
            "sslCertFile",
            "sslKeyFile")) {
      fields.put(absent, Optional.empty());
    }
    fields.put("extra", List.of());
    fields.put("poolSize", 10);
    fields.put("connectionTimeout", Duration.ofSeconds(5));
    fields.put("queryTimeout", Duration.ofSeconds(30));
    fields.put("maxRows", 10_000);
    fields.put("ssl", false);
    fields.put("sslVerify", true);
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    RecordComponent[] components = SqlConnection.class.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.get(components[i].getName());
    }
    try {
      return (SqlConnection) SqlConnection.class.getDeclaredConstructors()[0].newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no such configuration", e);
    }
  }
}
