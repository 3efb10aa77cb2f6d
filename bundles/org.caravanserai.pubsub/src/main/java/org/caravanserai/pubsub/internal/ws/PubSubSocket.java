package org.caravanserai.pubsub.internal.ws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.http.WebSocket;
import org.caravanserai.http.WebSocketListener;
import org.caravanserai.pubsub.internal.Publications;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.Topic;
import org.jspecify.annotations.Nullable;

/** One client: its frames, each of which gets one answer, and the messages it receives. */
final class PubSubSocket implements WebSocketListener {

  private static final int LONGEST_CID = 48;
  private static final int POLICY = 1008;
  private static final int GOING_AWAY = 1001;

  private final SocketWork work;
  private final String definition;
  private final Consumer<PubSubSocket> atBegin;
  private final Consumer<PubSubSocket> atEnd;
  private final Requests requests;
  private final SocketTopics topics;
  private final Strand strand;
  private final AtomicLong frames = new AtomicLong();
  private volatile @Nullable WebSocket socket;
  private volatile boolean leaving;
  private int badFrames;

  /**
   * A client that has not connected yet.
   *
   * @param definition the security definition whose credentials it has
   * @param atBegin told when it has connected
   * @param atEnd told when it is gone
   */
  PubSubSocket(
      SocketWork work,
      String definition,
      Consumer<PubSubSocket> atBegin,
      Consumer<PubSubSocket> atEnd) {
    this.work = work;
    this.definition = definition;
    this.atBegin = atBegin;
    this.atEnd = atEnd;
    requests = new Requests(work.limits().maxRequests(), work.limits().maxRequestBytes());
    topics = new SocketTopics(work, this);
    strand = new Strand(work.threads());
  }

  String definition() {
    return definition;
  }

  @Override
  public void opened(WebSocket opened) {
    socket = opened;
    atBegin.accept(this);
    demand();
  }

  /** Reads the next frame, unless too many wait for their answers. */
  private void demand() {
    WebSocket open = socket;
    if (open != null && !leaving && requests.hasRoom()) {
      open.demand();
    }
  }

  @Override
  public void text(WebSocket from, String text) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    requests.begin(json.length);
    String cid = from.cid();
    cid = cid.substring(0, Math.min(cid.length(), LONGEST_CID)) + "-" + frames.incrementAndGet();
    Request request = new Request(this, new ClientFrame(json), cid);
    strand.execute(() -> handle(from, request));
    demand();
  }

  private void handle(WebSocket from, Request request) {
    try {
      begin(request);
      badFrames = 0;
    } catch (ServiceException e) {
      request.fail(e);
      badFrames = e.status() == 400 ? badFrames + 1 : 0;
      if (badFrames > work.limits().maxBadFrames()) {
        from.close(POLICY, "too many frames that make no sense");
      }
    } catch (RuntimeException e) {
      request.fail(e);
    }
  }

  private void begin(Request request) {
    ClientFrame frame = request.frame();
    frame.read();
    switch (frame.action()) {
      case PUBLISH -> publish(request);
      case SUBSCRIBE -> subscribe(request);
      case UNSUBSCRIBE -> topics.unsubscribe(request, frame.topics());
      case ACK -> topics.acknowledge(request, frame.messageIds());
      case NACK -> topics.release(request, frame.messageIds());
    }
  }

  private void publish(Request request) {
    Publisher publisher = work.publisher();
    Optional<String> by = Optional.of(definition);
    Topic topic = publisher.target(by, request.frame().topic());
    Publications publications =
        Publications.read(
            request.frame().json(), new Publications.Origin(topic.name(), by, request.cid()));
    List<Message> messages = publications.messages();
    publisher.publish(
        topic,
        messages,
        new Confirmation() {
          @Override
          public void confirmed() {
            List<String> ids = messages.stream().map(Message::id).toList();
            request.answer(
                ServerFrames.published(request.id(), ids, publications.batch(), request.cid()));
          }

          @Override
          public void failed(BrokerException failure) {
            request.fail(failure);
          }
        });
  }

  private void subscribe(Request request) {
    ClientFrame frame = request.frame();
    topics.subscribe(
        request,
        topics.permitted(definition, frame.topics()),
        frame.isManual(),
        frame.maxInFlight(work.limits().maxInFlight()));
  }

  /** Answers a frame; what it took is free once the answer has left. */
  void answer(Request request, byte[] answer) {
    WebSocket open = socket;
    int size = request.frame().json().length;
    if (open == null) {
      requests.end(size);
      return;
    }
    open.sendText(
        answer,
        handedOver -> {
          requests.end(size);
          demand();
          leaveWhenDone();
        });
  }

  /**
   * Sends something that is no answer.
   *
   * @param ended as in {@link WebSocket}
   */
  void send(byte[] frame, WebSocket.Sent ended) {
    WebSocket open = socket;
    if (open == null) {
      ended.ended(false);
    } else {
      open.sendText(frame, ended);
    }
  }

  /** Nothing comes of one of its topics any more. */
  void end(String topic, String why) {
    strand.execute(() -> topics.end(topic, why));
  }

  /** It may not do any more what it may. */
  void revoke(String why) {
    WebSocket open = socket;
    leaving = true;
    if (open != null) {
      open.close(POLICY, why);
    }
  }

  /** Receives nothing more, and ends when what it asked for is answered. */
  @Override
  public void goingAway(WebSocket open) {
    leaving = true;
    leaveWhenDone();
  }

  private void leaveWhenDone() {
    WebSocket open = socket;
    if (leaving && open != null && requests.isEmpty()) {
      open.close(GOING_AWAY, "the server stops");
    }
  }

  /** Whether the server stops. */
  boolean isLeaving() {
    return leaving;
  }

  /** Ends at once; waits for the queues. */
  void stop() {
    WebSocket open = socket;
    leaving = true;
    topics.close();
    if (open != null) {
      open.close(GOING_AWAY, "publish/subscribe stops");
    }
  }

  @Override
  public void closed(WebSocket closed, int code, String reason) {
    leaving = true;
    atEnd.accept(this);
    strand.execute(topics::close);
  }
}
