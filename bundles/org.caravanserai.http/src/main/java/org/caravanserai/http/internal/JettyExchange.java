package org.caravanserai.http.internal;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.UpgradeRefusal;
import org.caravanserai.http.WebSocketListener;
import org.caravanserai.http.WebSocketTerms;
import org.caravanserai.http.internal.ChannelMeters.ChannelMeter;
import org.caravanserai.security.ClientCertificate;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/** A request and its answer on Jetty's core. */
final class JettyExchange implements TrafficExchange {

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final String cid;
  private final Map<String, String> pathParameters;
  private final ClientAddresses addresses;
  private final Upgrade upgrade;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final RequestBody body;
  private @Nullable ChannelMeter meter;
  private volatile ErrorForm errors = ErrorForm.JSON;

  /**
   * An exchange that has not been answered.
   *
   * @param cid its correlation id, already a header of the response
   * @param addresses tells whose it is
   * @param upgrade makes a WebSocket of it
   */
  JettyExchange(
      Request request,
      Response response,
      Callback callback,
      String cid,
      Map<String, String> pathParameters,
      ClientAddresses addresses,
      Upgrade upgrade) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.cid = cid;
    this.pathParameters = pathParameters;
    this.addresses = addresses;
    this.upgrade = upgrade;
    this.body = new RequestBody(request, this);
  }

  /** Has the answer counted; told before anybody may answer. */
  void countWith(ChannelMeter counting) {
    meter = counting;
  }

  @Override
  public String cid() {
    return cid;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return request.getHttpURI().getPath();
  }

  @Override
  public Map<String, String> pathParameters() {
    return pathParameters;
  }

  @Override
  public Map<String, List<String>> query() {
    return Query.parse(request.getHttpURI().getQuery());
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  @Override
  public Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
          .add(field.getValue() == null ? "" : field.getValue());
    }
    return headers;
  }

  @Override
  public String remoteAddress() {
    return addresses.textOf(request);
  }

  @Override
  public InetAddress clientAddress() {
    return addresses.of(request);
  }

  @Override
  public @Nullable ClientCertificate clientCertificate() {
    return ShownCertificate.of(request);
  }

  @Override
  public void user(String name) {
    request.setAttribute(AccessLog.USER, name);
  }

  @Override
  public @Nullable String user() {
    return (String) request.getAttribute(AccessLog.USER);
  }

  @Override
  public boolean hasBody() {
    return body.isPresent();
  }

  @Override
  public void readBody(int limit, Consumer<byte[]> whole) {
    body.read(limit, whole);
  }

  @Override
  public @Nullable InputStream body(long limit) {
    return body.stream(limit);
  }

  @Override
  public void setHeader(String name, String value) {
    response.getHeaders().put(name, value);
  }

  @Override
  public void vary(String header) {
    response.getHeaders().ensureField(new HttpField(HttpHeader.VARY, header));
  }

  @Override
  public void errorsInXml() {
    errors = ErrorForm.XML;
  }

  /** Says in which form errors are answered. */
  void errorsAs(ErrorForm form) {
    errors = form;
  }

  @Override
  public void answer(int status, @Nullable String contentType, byte[] content, Runnable ended) {
    answer(status, contentType, content, new Ending(ended));
  }

  @Override
  public void answerTold(
      int status, String contentType, byte[] content, Consumer<Boolean> written) {
    answer(status, contentType, content, new Ending(written));
  }

  private void answer(int status, @Nullable String contentType, byte[] content, Ending ending) {
    if (answered.getAndSet(true)) {
      ending.dropped();
      return;
    }
    try {
      begin(status, contentType);
      boolean bodiless = status == 204 || status == 304;
      if (!bodiless) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
      }
      boolean silent = bodiless || method().equals("HEAD");
      response.write(true, silent ? null : ByteBuffer.wrap(content), ending);
    } catch (RuntimeException e) {
      ending.failed(e);
    }
  }

  @Override
  public void answer(int status, String contentType, InputStream content, Runnable ended) {
    if (answered.getAndSet(true)) {
      ended.run();
      return;
    }
    Ending ending = new Ending(ended);
    try {
      begin(status, contentType);
      if (method().equals("HEAD") || status == 204 || status == 304) {
        response.write(true, null, ending);
      } else {
        request.getComponents().getExecutor().execute(new StreamAnswer(content, response, ending));
      }
    } catch (RuntimeException e) {
      ending.failed(e);
    }
  }

  @Override
  public void error(int status, String details, Runnable ended) {
    ErrorForm form = errors;
    answer(status, form.contentType(), form.content(status, cid, details), ended);
  }

  @Override
  public @Nullable UpgradeRefusal upgrade(WebSocketTerms terms, WebSocketListener listener) {
    UpgradeRefusal refusal = upgrade.refusal(request, response);
    if (refusal == null && !answered.getAndSet(true)) {
      String protocol = Upgrade.protocol(request, terms.protocols());
      String remote = remoteAddress();
      int limit = terms.maxMessageSize();
      upgrade.accept(
          request,
          response,
          new Ending(() -> {}),
          protocol,
          all -> new JettyWebSocket(all, listener, limit, protocol, cid, remote));
    }
    return refusal;
  }

  @Override
  public void drop() {
    if (addresses.isForwarded(request)) {
      error(403, "not allowed from here");
    } else if (!answered.getAndSet(true)) {
      response.setStatus(403);
      request.getConnectionMetaData().getConnection().getEndPoint().close();
      callback.failed(new EofException("dropped"));
    }
  }

  private void begin(int status, @Nullable String contentType) {
    response.setStatus(status);
    if (contentType != null) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    }
    body.end(response);
  }

  /** Ends the exchange after the last byte, or with the connection. */
  private final class Ending implements Callback {

    private final Consumer<Boolean> ended;

    Ending(Consumer<Boolean> ended) {
      this.ended = ended;
    }

    Ending(Runnable ended) {
      this(written -> ended.run());
    }

    void dropped() {
      ended.accept(false);
    }

    @Override
    public void succeeded() {
      count();
      try {
        ended.accept(true);
      } finally {
        body.drain(callback);
      }
    }

    @Override
    public void failed(Throwable failure) {
      count();
      try {
        ended.accept(false);
      } finally {
        callback.failed(failure);
      }
    }

    private void count() {
      if (meter != null) {
        meter.ended(response.getStatus(), NanoTime.since(request.getBeginNanoTime()));
      }
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
