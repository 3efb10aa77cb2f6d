package org.caravanserai.benchmarks.part;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.caravanserai.benchmarks.load.Answer;
import org.caravanserai.benchmarks.load.Connection;
import org.caravanserai.benchmarks.load.Samples;
import org.caravanserai.benchmarks.server.Serai;

/** Those who publish messages of 1 KB to a server, as the user {@code bench}. */
final class Publishers {

  static final int CLIENTS = 16;
  private static final String DATA = "x".repeat(1024);
  private static final byte[] BODY =
      ("{\"data\":\"" + DATA + "\"}").getBytes(StandardCharsets.UTF_8);
  private static final String BASIC =
      "Authorization: Basic "
          + Base64.getEncoder().encodeToString("bench:bench".getBytes(StandardCharsets.UTF_8))
          + "\r\n";

  private final Serai serai;

  Publishers(Serai serai) {
    this.serai = serai;
  }

  /** Changes the server's configuration. */
  void configure(Connection api, String yaml) throws IOException {
    Answer answer =
        serai.send(
            api,
            "POST",
            "/config/import",
            "application/yaml",
            yaml.getBytes(StandardCharsets.UTF_8));
    if (answer.status() != 200) {
      throw new IOException("import: " + answer);
    }
  }

  /** Messages a second, published by REST. */
  double rest(int seconds, String topic, Samples millis) throws Exception {
    return rest(seconds, client -> List.of(topic), millis);
  }

  /** The same, each client to topics of its own in turn. */
  double rest(int seconds, IntFunction<List<String>> topics, Samples millis) throws Exception {
    return crowd(
        seconds,
        (client, end) -> {
          int count = 0;
          Samples own = new Samples();
          List<byte[]> requests =
              topics.apply(client).stream()
                  .map(topic -> Connection.request("POST", "/pubsub/topic/" + topic, BASIC, BODY))
                  .toList();
          try (Connection connection = serai.process().connect()) {
            while (System.nanoTime() < end) {
              long began = System.nanoTime();
              Answer answer = connection.send(requests.get(count % requests.size()));
              if (answer.status() != 200) {
                throw new IOException("publish: " + answer);
              }
              own.add((System.nanoTime() - began) / 1e6);
              count++;
            }
          }
          synchronized (millis) {
            millis.addAll(own);
          }
          return count;
        });
  }

  /** Messages a second, published by Artemis' own client and confirmed one by one. */
  double raw(int seconds, String topic) throws Exception {
    return crowd(seconds, (client, end) -> send(topic, true, Long.MAX_VALUE, end));
  }

  /** Sends by Artemis' own client, until a number or a time is reached. */
  long send(String topic, boolean confirmed, long limit, long end) throws Exception {
    long count = 0;
    try (ServerLocator locator =
            ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + serai.brokerPort())
                .setBlockOnDurableSend(confirmed);
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session =
            factory.createSession("bench", "bench", false, true, true, false, 1);
        ClientProducer producer = session.createProducer(topic)) {
      byte[] data = DATA.getBytes(StandardCharsets.UTF_8);
      while (count < limit && System.nanoTime() < end) {
        ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
        message.getBodyBuffer().writeBytes(data);
        producer.send(message);
        count++;
      }
      session.commit();
    }
    return count;
  }

  /** One of many who do the same until a time. */
  private interface Work {
    long until(int client, long end) throws Exception;
  }

  private static double crowd(int seconds, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      long began = System.nanoTime();
      long end = began + seconds * 1_000_000_000L;
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        all.add(threads.submit(() -> work.until(client, end)));
      }
      long count = 0;
      for (Future<Long> each : all) {
        count += each.get();
      }
      return count * 1e9 / (System.nanoTime() - began);
    } finally {
      threads.shutdownNow();
    }
  }

  /** How many messages wait in a queue. */
  long depth(Connection api, String queue) throws IOException {
    return serai
        .get(api, "/pubsub/queues?name=" + queue)
        .path("items")
        .path(0)
        .path("depth")
        .asLong();
  }
}
