package org.caravanserai.security;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** What is looked at in a request to tell whose it is. */
@ConsumerType
public interface AccessRequest {

  /**
   * The first value of a request header; {@code null} if there is none.
   *
   * @param name its name, in any case
   */
  @Nullable String header(String name);

  /** The address of the caller; behind a proxy that is trusted, the one that the proxy tells. */
  InetAddress clientAddress();

  /** The certificate that the caller has shown, which has been verified; {@code null} for none. */
  @Nullable ClientCertificate clientCertificate();
}
