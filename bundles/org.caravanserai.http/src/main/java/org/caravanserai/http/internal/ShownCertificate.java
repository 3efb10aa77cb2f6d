package org.caravanserai.http.internal;

import java.security.cert.X509Certificate;
import org.caravanserai.security.ClientCertificate;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The certificate that a caller showed when the connection was made, looked at once a session. */
final class ShownCertificate {

  private static final String KNOWN = "org.caravanserai.certificate";

  private ShownCertificate() {}

  /** It; {@code null} if there was none. */
  static @Nullable ClientCertificate of(Request request) {
    EndPoint.SslSessionData tls =
        request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
    X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
    if (tls == null || chain == null || chain.length == 0) {
      return null;
    }
    if (tls.sslSession().getValue(KNOWN) instanceof ClientCertificate known) {
      return known;
    }
    ClientCertificate shown = ClientCertificate.of(chain[0]);
    tls.sslSession().putValue(KNOWN, shown);
    return shown;
  }
}
