package org.caravanserai.rest;

import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An outgoing REST connection ({@code outgoing_rest}), for the time of one call: {@code
 * context.connection(Rest.class, "crm")}.
 *
 * <p>Parameters whose names stand in braces in the connection's path go there, all others into the
 * query. Data that is text, bytes or a stream is sent as it is; of anything else the connection's
 * data format is made. An answer of any status is an answer: look at {@link RestResponse#ok}.
 *
 * <p>All methods throw a {@link ServiceException} when there is no answer: 502 when the other
 * system can't be reached or breaks off, 504 when it takes longer than the connection's {@code
 * timeout} or than this call has left, 503 when the connection's circuit breaker is open or too
 * many calls wait for one of its connections. They throw an {@link IllegalArgumentException} if the
 * request makes no sense: a parameter of the path is missing, a header can't be sent.
 */
@ProviderType
public interface Rest {

  /**
   * A request to be filled in.
   *
   * @param method the HTTP method, such as {@code GET}
   */
  RestRequest request(String method);

  /** Sends a {@code GET} to the connection's path. */
  default RestResponse get() {
    return request("GET").send();
  }

  /**
   * Sends a {@code GET}.
   *
   * @param params parameters of the path and of the query
   */
  default RestResponse get(Map<String, ?> params) {
    return request("GET").params(params).send();
  }

  /**
   * Sends a {@code HEAD}.
   *
   * @param params parameters of the path and of the query
   */
  default RestResponse head(Map<String, ?> params) {
    return request("HEAD").params(params).send();
  }

  /**
   * Sends a {@code DELETE}.
   *
   * @param params parameters of the path and of the query
   */
  default RestResponse delete(Map<String, ?> params) {
    return request("DELETE").params(params).send();
  }

  /**
   * Sends a {@code POST}.
   *
   * @param data what is sent; {@code null} for nothing
   */
  default RestResponse post(@Nullable Object data) {
    return request("POST").data(data).send();
  }

  /**
   * Sends a {@code POST}.
   *
   * @param data what is sent; {@code null} for nothing
   * @param params parameters of the path and of the query
   */
  default RestResponse post(@Nullable Object data, Map<String, ?> params) {
    return request("POST").data(data).params(params).send();
  }

  /**
   * Sends a {@code PUT}.
   *
   * @param data what is sent; {@code null} for nothing
   * @param params parameters of the path and of the query
   */
  default RestResponse put(@Nullable Object data, Map<String, ?> params) {
    return request("PUT").data(data).params(params).send();
  }

  /**
   * Sends a {@code PATCH}.
   *
   * @param data what is sent; {@code null} for nothing
   * @param params parameters of the path and of the query
   */
  default RestResponse patch(@Nullable Object data, Map<String, ?> params) {
    return request("PATCH").data(data).params(params).send();
  }
}
