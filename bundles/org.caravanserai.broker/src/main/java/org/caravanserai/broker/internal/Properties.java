package org.caravanserai.broker.internal;

import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.protocol.amqp.converter.AMQPMessageSupport;
import org.apache.activemq.artemis.reader.MessageUtil;

/** The names of properties under which messages keep what protocols have no common place for. */
final class Properties {

  static final SimpleString ID = SimpleString.of("serai_msg_id");
  static final SimpleString TOPIC = SimpleString.of("serai_topic");
  static final SimpleString CID = SimpleString.of("serai_cid");
  static final SimpleString PUBLISHER = SimpleString.of("serai_publisher");
  static final SimpleString IN_REPLY_TO = SimpleString.of("serai_in_reply_to");
  static final SimpleString EXT_CLIENT_ID = SimpleString.of("serai_ext_client_id");
  static final SimpleString FORMAT = SimpleString.of("serai_format");

  /** Where each protocol looks for the media type. */
  static final SimpleString[] CONTENT_TYPES = {
    Message.HDR_CONTENT_TYPE,
    MQTTUtil.MQTT_CONTENT_TYPE_KEY,
    SimpleString.of(AMQPMessageSupport.JMS_AMQP_CONTENT_TYPE)
  };

  static final SimpleString CORREL_ID = MessageUtil.CORRELATIONID_HEADER_NAME;

  private static final String[] OWN = {
    "serai_", "_AMQ_", "__AMQ", "JMS_AMQP_", "NATIVE_", "mqtt.", "_MQTT", "m.", "JMSXDelivery"
  };

  private Properties() {}

  /** Whether a property is one that publishers set for themselves. */
  static boolean isPublishers(SimpleString name) {
    if (name.equals(CORREL_ID)) {
      return false;
    }
    String text = name.toString();
    for (String prefix : OWN) {
      if (text.startsWith(prefix)) {
        return false;
      }
    }
    return true;
  }
}
