package org.caravanserai.junit5;

import java.nio.charset.StandardCharsets;
import org.caravanserai.api.PublishOptions;

/**
 * A message that a service has published.
 *
 * @param target the topic, queue or service
 * @param data its data as text: JSON of objects, texts as they are
 * @param cid the correlation id of the call that published it
 * @param options what it says beside its data
 */
public record Publication(String target, String data, String cid, PublishOptions options) {

  static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }
}
