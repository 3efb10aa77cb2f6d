package org.caravanserai.rest;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A request that is being filled in; every method but the sending ones answers the request. */
@ProviderType
public interface RestRequest {

  /**
   * Goes on below the connection's path.
   *
   * @param path what follows it, percent-encoded, such as {@code /7/items}
   * @throws IllegalArgumentException if it holds a query, a space or control characters
   */
  RestRequest path(String path);

  /**
   * A parameter: of the path if it stands there in braces, else of the query.
   *
   * @param name its name
   * @param value its value, encoded as its place wants; a collection gives a parameter of the query
   *     several times, {@code null} not at all
   */
  RestRequest param(String name, @Nullable Object value);

  /** Several parameters. */
  default RestRequest params(Map<String, ?> params) {
    params.forEach(this::param);
    return this;
  }

  /**
   * A header; it replaces the connection's own of that name.
   *
   * @throws IllegalArgumentException if it can't be sent: a line break, or what frames the message
   */
  RestRequest header(String name, String value);

  /**
   * What is sent.
   *
   * @param data text, bytes, an {@link java.io.InputStream} (read while it is sent, then closed),
   *     or an object of which the connection's data format is made; {@code null} for nothing
   */
  RestRequest data(@Nullable Object data);

  /**
   * Sends fields as an HTML form does, {@code application/x-www-form-urlencoded} in UTF-8, whatever
   * the connection's data format is.
   *
   * @param fields names and values; a collection gives a field several times, {@code null} not at
   *     all
   */
  RestRequest form(Map<String, ?> fields);

  /**
   * Adds a field to a {@code multipart/form-data} body (RFC 7578), which is sent instead of {@link
   * #data}.
   *
   * @param name the field's name
   * @param value text, a number or a boolean, sent as text; JSON is made of anything else
   */
  RestRequest part(String name, Object value);

  /**
   * Adds a file to a {@code multipart/form-data} body (RFC 7578), which is sent instead of {@link
   * #data}.
   *
   * @param name the field's name
   * @param fileName the file's name, as the other side sees it
   * @param contentType what the file is, such as {@code application/pdf}
   * @param content text, bytes, or an {@link java.io.InputStream} (read while it is sent, then
   *     closed; such a body is never sent twice)
   * @throws IllegalArgumentException if the content is anything else, or its type can't be sent
   */
  RestRequest file(String name, String fileName, String contentType, Object content);

  /** The {@code Content-Type} of what is sent, unless it has parts. */
  RestRequest contentType(String type);

  /** How long each attempt may take, instead of the connection's {@code timeout}. */
  RestRequest timeout(Duration timeout);

  /**
   * Lets the connection's {@code max_retries} hold for this request although its method is not
   * idempotent (RFC 9110, section 9.2.2): say so only where doing it twice does no harm.
   */
  RestRequest repeatable();

  /** Sends it and waits for the whole answer. */
  RestResponse send();

  /**
   * Sends it and waits for the answer's head; its body is read from {@link RestResponse#stream},
   * which is closed when this call ends.
   */
  RestResponse open();

  /**
   * Sends it without waiting. The stage fails with what {@link #send} throws; this service's
   * revision stays until what is chained to it has run. What is sent must be no stream.
   */
  CompletionStage<RestResponse> sendAsync();
}
