package org.caravanserai.rest.internal.outgoing;

import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.caravanserai.api.ServiceException;
import org.caravanserai.rest.RestRequest;
import org.caravanserai.rest.RestResponse;
import org.caravanserai.rest.internal.outgoing.OutgoingRest.Format;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/** A request of one caller. */
final class BoundRequest implements RestRequest {

  private final LiveOutgoingRest connection;
  private final Caller caller;
  private final String method;
  private final Map<String, Object> params = new LinkedHashMap<>();
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Multipart parts = new Multipart();
  private String more = "";
  private @Nullable Object data;
  private @Nullable String contentType;
  private @Nullable Duration timeout;
  private boolean repeatable;

  BoundRequest(LiveOutgoingRest connection, Caller caller, String method) {
    if (!Header.isToken(method)) {
      throw new IllegalArgumentException("not an HTTP method: " + method);
    }
    this.connection = connection;
    this.caller = caller;
    this.method = method.toUpperCase(Locale.ROOT);
  }

  @Override
  public RestRequest path(String path) {
    if (!path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#')) {
      throw new IllegalArgumentException(
          "a path must be percent-encoded, without a query: " + path);
    }
    more = path;
    return this;
  }

  @Override
  public RestRequest param(String name, @Nullable Object value) {
    if (value == null) {
      params.remove(name);
    } else {
      params.put(name, value);
    }
    return this;
  }

  @Override
  public RestRequest header(String name, String value) {
    Header.check(name, value);
    headers.put(name, value);
    return this;
  }

  @Override
  public RestRequest data(@Nullable Object sent) {
    data = sent;
    return this;
  }

  @Override
  public RestRequest form(Map<String, ?> fields) {
    return data(encoded(fields)).contentType(Format.FORM.contentType());
  }

  @Override
  public RestRequest part(String name, Object value) {
    if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
      parts.add(name, null, null, value.toString().getBytes(StandardCharsets.UTF_8));
    } else {
      parts.add(name, null, Format.JSON.contentType(), caller.toJson(value));
    }
    return this;
  }

  @Override
  public RestRequest file(String name, String fileName, String type, Object content) {
    Header.check("Content-Type", type);
    if (content instanceof CharSequence text) {
      parts.add(name, fileName, type, text.toString().getBytes(StandardCharsets.UTF_8));
    } else if (content instanceof byte[] || content instanceof InputStream) {
      parts.add(name, fileName, type, content);
    } else {
      throw new IllegalArgumentException("a file is text, bytes or a stream");
    }
    return this;
  }

  @Override
  public RestRequest contentType(String type) {
    Header.check("Content-Type", type);
    contentType = type;
    return this;
  }

  @Override
  public RestRequest timeout(Duration longest) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("a timeout must be longer than 0");
    }
    timeout = longest;
    return this;
  }

  @Override
  public RestRequest repeatable() {
    repeatable = true;
    return this;
  }

  @Override
  public RestResponse send() {
    return await(false);
  }

  @Override
  public RestResponse open() {
    RestResponse opened = await(true);
    caller.closeAtEnd(opened.stream());
    return opened;
  }

  @Override
  public CompletionStage<RestResponse> sendAsync() {
    if (data instanceof InputStream || parts.hasStream()) {
      throw new IllegalArgumentException("a stream can't be sent without waiting");
    }
    Sending sending = sending(false);
    CompletableFuture<RestResponse> result = new CompletableFuture<>();
    Runnable leave = caller.stay();
    CompletableFuture<Answer> unused =
        sending
            .start()
            .whenComplete(
                (answer, failure) -> {
                  try {
                    if (failure == null) {
                      result.complete(response(answer));
                    } else {
                      result.completeExceptionally(Fault.unwrap(failure));
                    }
                  } finally {
                    leave.run();
                  }
                });
    return result;
  }

  private RestResponse await(boolean streams) {
    Sending sending = sending(streams);
    try {
      return response(sending.start().get());
    } catch (InterruptedException e) {
      sending.cancel();
      Thread.currentThread().interrupt();
      throw new ServiceException(504, "The time of the call ran out", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ServiceException told) {
        throw new ServiceException(
            told.status(), told.details(), told.getCause(), told.retryAfterSeconds());
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private RestResponse response(Answer answer) {
    return new Response(connection.name(), answer, caller);
  }

  private Sending sending(boolean streams) {
    Target target = connection.current();
    OutgoingRest configuration = target.configuration();
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Object body = body(configuration.dataFormat());
    if (configuration.dataFormat() == Format.JSON) {
      all.putIfAbsent("Accept", "application/json");
    }
    all.put("Accept-Encoding", Compression.ACCEPTED);
    all.putAll(headers);
    all.put("X-Serai-CID", caller.cid());
    String given = all.remove("Content-Type");
    Duration longest = timeout == null ? configuration.timeout() : timeout;
    Message message =
        new Message(
            method,
            target.address().of(more, params),
            all,
            body,
            contentType(given, configuration),
            repeatable || Retries.isIdempotent(method),
            longest.toNanos(),
            streams);
    return connection.sending(message, caller.cid(), caller::nanosLeft);
  }

  private String contentType(@Nullable String given, OutgoingRest configuration) {
    if (!parts.isEmpty()) {
      return parts.contentType();
    }
    String own = contentType == null ? given : contentType;
    return own == null
        ? configuration.contentType().orElseGet(() -> configuration.dataFormat().contentType())
        : own;
  }

  private @Nullable Object body(Format format) {
    Object sent = data;
    if (!parts.isEmpty()) {
      if (sent != null) {
        throw new IllegalArgumentException("a request has either data or parts");
      }
      return parts.body();
    }
    if (sent == null || sent instanceof byte[] || sent instanceof InputStream) {
      return sent;
    }
    if (sent instanceof CharSequence text) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    return format == Format.FORM ? form(sent) : caller.toJson(sent);
  }

  private byte[] form(Object sent) {
    Map<?, ?> fields =
        sent instanceof Map<?, ?> map ? map : caller.fromJson(caller.toJson(sent), Map.class);
    return encoded(fields == null ? Map.of() : fields);
  }

  private static byte[] encoded(Map<?, ?> fields) {
    StringBuilder form = new StringBuilder();
    fields.forEach(
        (name, value) -> {
          Collection<?> values =
              value instanceof Collection<?> several ? several : Stream.ofNullable(value).toList();
          for (Object each : values) {
            form.append(form.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(String.valueOf(name), StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(String.valueOf(each), StandardCharsets.UTF_8));
          }
        });
    return form.toString().getBytes(StandardCharsets.UTF_8);
  }
}
