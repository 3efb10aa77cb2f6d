package org.caravanserai.security;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Tells whose a request is, by a security definition or a group of them. */
@ProviderType
public interface Authenticator {

  /** The name of the security definition or group. */
  String name();

  /**
   * What a refusal asks for: the challenges of {@code WWW-Authenticate} (RFC 9110, section 11.6.1);
   * none where only certificates are looked at.
   */
  Set<String> challenges();

  /**
   * Looks at the credentials of a request, in constant time for wrong ones; blocks on nothing. It
   * is pending only where keys of tokens have to be fetched.
   */
  Verdict check(AccessRequest request);

  /**
   * Notes in the audit that a request was refused, if it shows credentials of the kind that is
   * asked for; of very many only the number.
   *
   * @param cid the request's correlation id
   * @param target what it was refused at, such as {@code channel_rest/orders}
   */
  void refused(AccessRequest request, String cid, String target);
}
