package org.caravanserai.broker.internal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.caravanserai.broker.Message;

/**
 * The publisher's own properties: application properties of AMQP and JMS, headers of STOMP, user
 * properties of MQTT 5 (section 3.3.2.3.7), which Artemis keeps apart, as text and in their order.
 */
final class UserProperties {

  private static final String MQTT = MQTTUtil.MQTT_USER_PROPERTY_KEY_PREFIX;

  private UserProperties() {}

  /** Writes them for all protocols; for MQTT 5 with the id, which other protocols see anyway. */
  static void write(CoreMessage core, Message message) {
    message.properties().forEach((name, value) -> core.putObjectProperty(name, value));
    Map<String, Object> all = new LinkedHashMap<>(message.properties());
    all.put(Properties.ID.toString(), message.id());
    core.putIntProperty(MQTTUtil.MQTT_USER_PROPERTY_EXISTS_KEY, all.size());
    int place = 0;
    for (Map.Entry<String, Object> each : all.entrySet()) {
      core.putStringProperty(MQTT + place++ + "." + each.getKey(), each.getValue().toString());
    }
  }

  /** Reads them, whatever protocol brought them. */
  static Map<String, Object> read(ICoreMessage core) {
    Map<String, Object> properties = new HashMap<>();
    for (SimpleString name : core.getPropertyNames()) {
      Object value = core.getObjectProperty(name);
      if (value instanceof SimpleString text) {
        value = text.toString();
      }
      if (value instanceof String || value instanceof Number || value instanceof Boolean) {
        put(properties, name, value);
      }
    }
    return properties;
  }

  private static void put(Map<String, Object> properties, SimpleString name, Object value) {
    if (Properties.isPublishers(name)) {
      properties.put(name.toString(), value);
    } else if (name.startsWith(MQTTUtil.MQTT_USER_PROPERTY_KEY_PREFIX_SIMPLE)) {
      String rest = name.toString().substring(MQTT.length());
      SimpleString own = SimpleString.of(rest.substring(rest.indexOf('.') + 1));
      if (Properties.isPublishers(own)) {
        // One that a client of another protocol has set keeps its type.
        properties.putIfAbsent(own.toString(), value);
      }
    }
  }
}
