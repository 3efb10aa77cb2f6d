package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.security.User;
import org.caravanserai.security.audit.AuditEvent;
import org.jspecify.annotations.Nullable;

/** One request to the admin API, with what its operation declares, and the answer to it. */
final class ApiExchange {

  private static final long LONGEST_DRAIN = 64L * 1024 * 1024;
  private static final int ETAG_BYTES = 16;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Map<String, String> parameters;
  private final Query query;
  private final User user;

  ApiExchange(
      HttpServletRequest request,
      HttpServletResponse response,
      Map<String, String> parameters,
      Query query,
      User user) {
    this.request = request;
    this.response = response;
    this.parameters = parameters;
    this.query = query;
    this.user = user;
  }

  /** The correlation id. */
  String cid() {
    return ApiFilter.cid(request);
  }

  /** Who asks. */
  User user() {
    return user;
  }

  /** What it does, for the audit. */
  AuditEvent event(String operation, String target) {
    return event(user.name(), operation, target);
  }

  /** The same for who says that it is another. */
  AuditEvent event(String name, String operation, String target) {
    return ApiFilter.event(request, name, operation, target);
  }

  /** The session by which it came; empty if it came by a password or a token. */
  Optional<Session> session() {
    return ApiFilter.session(request);
  }

  /** Gives the browser a session. */
  void give(Session session) {
    SessionCookie.give(request, response, session.id());
  }

  /** Takes the session from the browser. */
  void takeSession() {
    SessionCookie.take(request, response);
  }

  /** Where the request comes from. */
  String address() {
    return request.getRemoteAddr();
  }

  /** The path, decoded. */
  String path() {
    String inside = request.getPathInfo();
    return request.getServletPath() + (inside == null ? "" : inside);
  }

  /** A parameter of the path, decoded. */
  String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return value;
  }

  /** The parameters of the query. */
  Query query() {
    return query;
  }

  /** A header of the request; {@code null} if there is none. */
  @Nullable String header(String name) {
    return request.getHeader(name);
  }

  /**
   * The whole body.
   *
   * @throws Problem 413 if it is longer than the limit
   */
  byte[] body(int limit) throws IOException, Problem {
    InputStream in = request.getInputStream();
    if (request.getContentLengthLong() <= limit) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length <= limit) {
        return bytes;
      }
    }
    drain(in);
    throw new Problem(413, "The body is larger than " + limit + " bytes");
  }

  /** Who is still sending when the connection closes does not see the answer. */
  private static void drain(InputStream in) throws IOException {
    byte[] waste = new byte[64 * 1024];
    long left = LONGEST_DRAIN;
    for (int count = in.read(waste); count >= 0 && left > 0; count = in.read(waste)) {
      left -= count;
    }
  }

  /** Sets a header of the answer. */
  void header(String name, String value) {
    response.setHeader(name, value);
  }

  /** The status of the answer. */
  int status() {
    return response.getStatus();
  }

  /** Answers with JSON. */
  void json(int status, Object value) throws IOException {
    json(status, "application/json", value);
  }

  /** Answers with JSON of a certain content type. */
  void json(int status, String contentType, Object value) throws IOException {
    answer(status, contentType, Json.write(value));
  }

  /**
   * Answers with a document. One that was asked for by {@code GET} gets an {@code ETag}, if it has
   * none yet, and is not sent again to who has it (RFC 9110, section 13.1.2).
   */
  void answer(int status, String contentType, byte[] body) throws IOException {
    if (status == 200 && isRead() && response.getHeader("ETag") == null) {
      String etag = etag(body);
      response.setHeader("ETag", etag);
      if (etag.equals(request.getHeader("If-None-Match"))) {
        response.setStatus(304);
        return;
      }
    }
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Answers with a document that is read while it is sent. */
  void answer(String contentType, InputStream content) throws IOException {
    response.setContentType(contentType);
    content.transferTo(response.getOutputStream());
  }

  /** Answers with a document that is written bit by bit; for {@code HEAD} it goes nowhere. */
  OutputStream stream(String contentType) throws IOException {
    response.setContentType(contentType);
    response.setCharacterEncoding("UTF-8");
    // What nginx reads, and others after it: each bit is to arrive when it is written.
    response.setHeader("X-Accel-Buffering", "no");
    response.flushBuffer();
    return response.getOutputStream();
  }

  /** Answers that it is done. */
  void done() {
    response.setStatus(204);
  }

  /** Answers that it is what the caller has. */
  void notModified() {
    response.setStatus(304);
  }

  /** Whether the head of the answer is all that is wanted. */
  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  private boolean isRead() {
    return request.getMethod().equals("GET") || isHead();
  }

  private static String etag(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, ETAG_BYTES)) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
