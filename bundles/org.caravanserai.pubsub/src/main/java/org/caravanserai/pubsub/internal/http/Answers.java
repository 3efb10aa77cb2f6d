package org.caravanserai.pubsub.internal.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.pubsub.internal.BrokerFaults;
import org.caravanserai.pubsub.internal.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers of the REST interface: {@code {"is_ok":true,"cid":"...","status":"200 OK",...}}. */
final class Answers {

  /** What they are. */
  static final String JSON = "application/json";

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final int USUAL_SIZE = 256;

  private Answers() {}

  /** What an answer says beyond what all say. */
  @FunctionalInterface
  interface Members {

    /** Nothing. */
    Members NONE = out -> {};

    void write(JsonGenerator out) throws IOException;
  }

  /** An answer that all is well. */
  static byte[] document(TrafficExchange exchange, int size, Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE + size);
    try (JsonGenerator out = Json.factory().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeBooleanField("is_ok", true);
      out.writeStringField("cid", exchange.cid());
      out.writeStringField("status", "200 OK");
      members.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Answers that all is well. */
  static void ok(TrafficExchange exchange, Members members) {
    exchange.answer(200, JSON, document(exchange, 0, members), () -> {});
  }

  /** Answers with a refusal. */
  static void refuse(TrafficExchange exchange, ServiceException refusal) {
    if (refusal.retryAfterSeconds() > 0) {
      exchange.setHeader("Retry-After", Integer.toString(refusal.retryAfterSeconds()));
    }
    exchange.error(refusal.status(), refusal.details());
  }

  /** Does something that ends with an answer, or with a refusal. */
  static void attempt(TrafficExchange exchange, Runnable work) {
    try {
      work.run();
    } catch (ServiceException e) {
      refuse(exchange, e);
    } catch (BrokerException e) {
      refuse(exchange, BrokerFaults.of(e));
    } catch (RuntimeException e) {
      LOG.error("{}: {} failed", exchange.cid(), exchange.path(), e);
      exchange.error(500, "Internal error");
    }
  }
}
