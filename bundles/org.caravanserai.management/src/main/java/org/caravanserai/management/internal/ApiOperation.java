package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.caravanserai.security.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the admin API. What is declared here is all there is: requests are dispatched on
 * it, roles are checked by it, and the OpenAPI document and the page of the admin API are made from
 * it.
 *
 * @param method the method; {@code GET} also stands for {@code HEAD}
 * @param path the paths
 * @param access its row in the table of who may do what
 * @param isOpen whether also who has not said who he is may ask for it
 * @param summary what it does, in a few words
 * @param query the parameters of its query; others are refused
 * @param body what it takes; {@code null} for nothing
 * @param answers what it answers, by status, but for problem documents
 * @param problems the statuses of its problem documents beside those that any operation may answer
 * @param handler what it does
 */
record ApiOperation(
    String method,
    PathPattern path,
    Operation access,
    boolean isOpen,
    String summary,
    List<QueryParameter> query,
    @Nullable Content body,
    Map<Integer, Content> answers,
    List<Integer> problems,
    Handler handler) {

  /** What an operation does. */
  @FunctionalInterface
  interface Handler {
    /**
     * Answers a request.
     *
     * @throws Problem to refuse it
     */
    void answer(ApiExchange exchange) throws IOException, Problem;
  }

  /**
   * The form of a body.
   *
   * @param type its content type; empty for no body
   * @param schema the Java type whose JSON it is, or a JSON Schema as a map
   */
  record Content(String type, Object schema) {}

  /** An operation that answers nothing yet. */
  static ApiOperation of(
      String method, String path, Operation access, String summary, Handler handler) {
    return new ApiOperation(
        method,
        new PathPattern(path),
        access,
        false,
        summary,
        List.of(),
        null,
        Map.of(),
        List.of(),
        handler);
  }

  /** The same for anybody: it asks by itself who it is. */
  ApiOperation forAnybody() {
    return new ApiOperation(
        method, path, access, true, summary, query, body, answers, problems, handler);
  }

  /** The same with parameters of the query. */
  ApiOperation with(List<QueryParameter> more) {
    List<QueryParameter> all = new ArrayList<>(query);
    all.addAll(more);
    return new ApiOperation(
        method, path, access, isOpen, summary, List.copyOf(all), body, answers, problems, handler);
  }

  /** The same with a body. */
  ApiOperation takes(String type, Object schema) {
    return new ApiOperation(
        method,
        path,
        access,
        isOpen,
        summary,
        query,
        new Content(type, schema),
        answers,
        problems,
        handler);
  }

  /** The same with an answer that is JSON. */
  ApiOperation answers(int status, Object schema) {
    return answers(status, "application/json", schema);
  }

  /** The same with an answer of a certain content type; an empty one for none. */
  ApiOperation answers(int status, String type, Object schema) {
    Map<Integer, Content> all = new TreeMap<>(answers);
    all.put(status, new Content(type, schema));
    return new ApiOperation(
        method, path, access, isOpen, summary, query, body, Map.copyOf(all), problems, handler);
  }

  /** The same with statuses of problem documents. */
  ApiOperation refuses(Integer... statuses) {
    return new ApiOperation(
        method, path, access, isOpen, summary, query, body, answers, List.of(statuses), handler);
  }
}
