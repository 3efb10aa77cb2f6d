package org.caravanserai.pubsub.internal.ws;

import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.pubsub.internal.BrokerFaults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A frame of a client that gets one answer.
 *
 * @param socket the client
 * @param frame the frame
 * @param cid the correlation id of what is done for it
 */
record Request(PubSubSocket socket, ClientFrame frame, String cid) {

  private static final Logger LOG = LoggerFactory.getLogger(Request.class);

  /** What the client calls it. */
  String id() {
    return frame.id();
  }

  /** Answers. */
  void answer(byte[] answer) {
    socket.answer(this, answer);
  }

  /** Answers that it was not done. */
  void fail(RuntimeException failure) {
    if (failure instanceof ServiceException told) {
      answer(ServerFrames.error(id(), told, cid));
    } else if (failure instanceof BrokerException told) {
      answer(ServerFrames.error(id(), BrokerFaults.of(told), cid));
    } else {
      LOG.error("{}: a WebSocket of {} failed", cid, socket.definition(), failure);
      answer(ServerFrames.error(id(), new ServiceException(500, "Internal error"), cid));
    }
  }
}
