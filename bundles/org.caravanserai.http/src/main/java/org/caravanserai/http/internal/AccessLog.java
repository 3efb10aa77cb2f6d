package org.caravanserai.http.internal;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request to the logger {@code serai.access}: {@code 127.0.0.1 - user "GET
 * /path?query HTTP/1.1" 200 57 cid 1234us}, with the bytes of the body as sent and the time from
 * the first byte in to the last byte out.
 */
final class AccessLog implements RequestLog {

  /** The request attribute with the name of the caller. */
  static final String USER = "org.caravanserai.user";

  private static final Logger LOG = LoggerFactory.getLogger("serai.access");

  @Override
  public void log(Request request, Response response) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    Object user = request.getAttribute(USER);
    String cid = response.getHeaders().get(Cid.HEADER);
    StringBuilder line = new StringBuilder(160);
    line.append(Request.getRemoteAddr(request)).append(" - ").append(user == null ? "-" : user);
    line.append(" \"").append(request.getMethod()).append(' ');
    line.append(request.getHttpURI().getPathQuery()).append(' ');
    line.append(request.getConnectionMetaData().getProtocol()).append("\" ");
    line.append(response.getStatus()).append(' ');
    line.append(Response.getContentBytesWritten(response)).append(' ');
    line.append(cid == null ? "-" : cid).append(' ');
    line.append(TimeUnit.NANOSECONDS.toMicros(NanoTime.since(request.getBeginNanoTime())));
    LOG.info(line.append("us").toString());
  }
}
