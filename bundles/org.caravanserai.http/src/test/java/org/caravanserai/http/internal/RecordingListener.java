package org.caravanserai.http.internal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.UpgradeRefusal;
import org.caravanserai.http.WebSocket;
import org.caravanserai.http.WebSocketListener;
import org.caravanserai.http.WebSocketTerms;

/** Keeps what comes over one WebSocket. */
class RecordingListener implements WebSocketListener {

  final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
  final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();

  /** Upgrades every request, with this as the listener. */
  TrafficHandler handler(WebSocketTerms terms) {
    return exchange -> {
      UpgradeRefusal refusal = exchange.upgrade(terms, this);
      if (refusal != null) {
        exchange.error(refusal.status(), refusal.details());
      }
    };
  }

  WebSocket socket() throws Exception {
    return opened.get(20, TimeUnit.SECONDS);
  }

  String text() throws Exception {
    String text = texts.poll(20, TimeUnit.SECONDS);
    return text == null ? "nothing came" : text;
  }

  int closeCode() throws Exception {
    return closed.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void opened(WebSocket socket) {
    opened.complete(socket);
  }

  @Override
  public void text(WebSocket socket, String text) {
    texts.add(text);
  }

  @Override
  public void closed(WebSocket socket, int code, String reason) {
    if (!closed.complete(code)) {
      throw new IllegalStateException("closed twice");
    }
  }
}
