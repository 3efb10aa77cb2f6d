package org.caravanserai.http.internal;

import java.nio.ByteBuffer;
import org.caravanserai.http.PathTemplate;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that Jetty refuses itself, such as malformed or oversized ones, in the shape of
 * all errors.
 */
final class ErrorAnswers implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    int status = response.getStatus();
    String reason = null;
    if (cause instanceof HttpException http) {
      status = http.getCode();
      reason = http.getReason();
      response.setStatus(status);
    }
    String cid = response.getHeaders().get(Cid.HEADER);
    if (cid == null) {
      cid = Cid.of(request.getHeaders().get(Cid.HEADER));
      response.getHeaders().put(Cid.HEADER, cid);
    }
    ErrorForm form = form(request.getHttpURI());
    byte[] content = form.content(status, cid, details(status, reason));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, form.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
    }
    boolean silent = request.getMethod().equals("HEAD");
    response.write(true, silent ? null : ByteBuffer.wrap(content), callback);
    return true;
  }

  private static ErrorForm form(@Nullable HttpURI uri) {
    String path = uri == null ? null : uri.getPath();
    return path != null && PathTemplate.isPubSub(path) ? ErrorForm.PUB_SUB : ErrorForm.JSON;
  }

  private static String details(int status, @Nullable String reason) {
    return switch (status) {
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> "the server is stopping";
      case HttpStatus.INTERNAL_SERVER_ERROR_500 -> "Internal error";
      case HttpStatus.URI_TOO_LONG_414 -> "the URI is too long";
      case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "the headers are too large";
      default -> {
        String message = HttpStatus.getMessage(status);
        yield reason == null || reason.equals(message) ? message : message + ": " + reason;
      }
    };
  }
}
