package org.caravanserai.rest.internal.outgoing;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Configurations with the defaults but for what a test gives. */
final class Connections {

  private Connections() {}

  static OutgoingRest to(String host, Object... changes) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("name", "crm");
    fields.put("isActive", true);
    fields.put("host", host);
    fields.put("urlPath", "/");
    fields.put("security", Optional.empty());
    fields.put("dataFormat", OutgoingRest.Format.JSON);
    fields.put("contentType", Optional.empty());
    fields.put("timeout", Duration.ofSeconds(10));
    fields.put("connectTimeout", Duration.ofSeconds(5));
    fields.put("poolSize", 20);
    fields.put("maxResponseSize", "10MB");
    fields.put("pingMethod", "HEAD");
    fields.put("tlsVerify", true);
    fields.put("tlsCaFile", Optional.empty());
    fields.put("proxy", Optional.empty());
    fields.put("maxRetries", 0);
    fields.put("retrySleepTime", Duration.ofMillis(5));
    fields.put("retryBackoffMultiplier", 2);
    fields.put("retryBackoffThreshold", Duration.ofSeconds(60));
    fields.put("circuitBreaker", false);
    fields.put("circuitBreakerFailureRate", 50);
    fields.put("circuitBreakerWindow", 100);
    fields.put("circuitBreakerWait", Duration.ofSeconds(60));
    for (int i = 0; i < changes.length; i += 2) {
      fields.put((String) changes[i], changes[i + 1]);
    }
    RecordComponent[] components = OutgoingRest.class.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.get(components[i].getName());
    }
    try {
      return (OutgoingRest) OutgoingRest.class.getDeclaredConstructors()[0].newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no such configuration", e);
    }
  }
}
