package org.caravanserai.security.internal.definition;

import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.ClientCertificate;
import org.caravanserai.security.Verdict;

/** A request that shows something. */
final class TestRequest implements AccessRequest {

  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private ClientCertificate certificate;

  /** A request with a header. */
  static TestRequest header(String name, String value) {
    TestRequest request = new TestRequest();
    request.headers.put(name, value);
    return request;
  }

  /** A request on a connection for which a certificate was shown. */
  static TestRequest certificate(ClientCertificate shown) {
    TestRequest request = new TestRequest();
    request.certificate = shown;
    return request;
  }

  @Override
  public String header(String name) {
    return headers.get(name);
  }

  @Override
  public InetAddress clientAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public ClientCertificate clientCertificate() {
    return certificate;
  }

  /** The user as whom it is let in; empty if it is not. */
  String user(Authenticator authenticator) {
    return authenticator.check(this) instanceof Verdict.Admitted admitted ? admitted.user() : "";
  }

  /** The refusal of it. */
  Verdict.Refused refusal(Authenticator authenticator) {
    return (Verdict.Refused) authenticator.check(this);
  }
}
