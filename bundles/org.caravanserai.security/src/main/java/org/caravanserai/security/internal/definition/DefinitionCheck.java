package org.caravanserai.security.internal.definition;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.caravanserai.security.internal.jwt.JwtRules;
import org.caravanserai.spi.InvalidObjectException;

/** Whether the fields of a definition go together. */
final class DefinitionCheck {

  /** RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+( +[!-~]+)*");

  private final SecurityDefinition definition;

  DefinitionCheck(SecurityDefinition definition) {
    this.definition = definition;
  }

  /** Refuses what makes no sense. */
  void run() throws InvalidObjectException {
    if (hasControls(definition.realm())) {
      throw new InvalidObjectException("realm", "must hold no control characters");
    }
    switch (definition.type()) {
      case BASIC_AUTH -> basic();
      case APIKEY -> apiKey();
      case BEARER_TOKEN -> bearer();
      case MTLS -> mtls();
    }
    boolean bearer = definition.type() == SecurityDefinition.Type.BEARER_TOKEN;
    foreign(bearer, "issuer", definition.issuer().isPresent());
    foreign(bearer, "jwks_url", definition.jwksUrl().isPresent());
    foreign(bearer, "audience", !definition.audience().isEmpty());
    foreign(bearer, "claims", !definition.claims().isEmpty());
    boolean mtls = definition.type() == SecurityDefinition.Type.MTLS;
    foreign(mtls, "client_cert_fingerprint", definition.clientCertFingerprint().isPresent());
    foreign(mtls, "client_cert_subject_dn", definition.clientCertSubjectDn().isPresent());
    foreign(bearer, "auth_endpoint", definition.authEndpoint().isPresent());
    foreign(bearer, "token", definition.token().isPresent());
    foreign(mtls, "cert_path", definition.certPath().isPresent());
    foreign(mtls, "key_path", definition.keyPath().isPresent());
    foreign(bearer || mtls, "ca_certs_path", definition.caCertsPath().isPresent());
  }

  private void foreign(boolean right, String field, boolean present) throws InvalidObjectException {
    if (present && !right) {
      throw new InvalidObjectException(field, "makes no sense for " + definition.typeName());
    }
  }

  private void basic() throws InvalidObjectException {
    String username = needed("username", definition.username());
    if (username.isEmpty() || username.indexOf(':') >= 0 || hasControls(username)) {
      throw new InvalidObjectException(
          "username", "must not be empty, nor hold a colon or control characters");
    }
    if (hasControls(needed("password", definition.password()))) {
      throw new InvalidObjectException("password", "must hold no control characters");
    }
  }

  private void apiKey() throws InvalidObjectException {
    if (!TOKEN.matcher(definition.headerOr(ApiKey.HEADER)).matches()) {
      throw new InvalidObjectException("header", "must be the name of an HTTP header");
    }
    if (!VISIBLE_ASCII.matcher(needed("password", definition.password())).matches()) {
      throw new InvalidObjectException(
          "password", "an API key must be visible ASCII, since it stands in an HTTP header");
    }
  }

  private void bearer() throws InvalidObjectException {
    if (definition.jwksUrl().isEmpty()
        && definition.authEndpoint().isEmpty()
        && definition.token().isEmpty()) {
      throw new InvalidObjectException(
          "jwks_url",
          "missing: bearer_token needs jwks_url for callers, auth_endpoint or token for others");
    }
    outgoingToken();
    if (definition.jwksUrl().isPresent()) {
      incomingToken(definition.jwksUrl().get());
    } else {
      needsKeys("issuer", definition.issuer().isPresent());
      needsKeys("audience", !definition.audience().isEmpty());
      needsKeys("claims", !definition.claims().isEmpty());
    }
  }

  private static void needsKeys(String field, boolean present) throws InvalidObjectException {
    if (present) {
      throw new InvalidObjectException(field, "makes no sense without jwks_url");
    }
  }

  private void outgoingToken() throws InvalidObjectException {
    if (!TOKEN.matcher(definition.headerOr("Authorization")).matches()) {
      throw new InvalidObjectException("header", "must be the name of an HTTP header");
    }
    if (!definition.prefix().isEmpty() && !VISIBLE_ASCII.matcher(definition.prefix()).matches()) {
      throw new InvalidObjectException("prefix", "must be visible ASCII");
    }
    if (definition.token().isPresent()) {
      if (definition.authEndpoint().isPresent()) {
        throw new InvalidObjectException("token", "makes no sense beside auth_endpoint");
      }
      if (!VISIBLE_ASCII.matcher(definition.token().get()).matches()) {
        throw new InvalidObjectException("token", "must be visible ASCII");
      }
    }
    if (definition.authEndpoint().isPresent()) {
      url("auth_endpoint", definition.authEndpoint().get());
      needed("username", definition.username());
      needed("password", definition.password());
    }
  }

  private void incomingToken(String jwksUrl) throws InvalidObjectException {
    url("jwks_url", jwksUrl);
    List<String> algorithms = definition.algorithms();
    if (algorithms.isEmpty() || !JwtRules.ALGORITHMS.containsAll(algorithms)) {
      throw new InvalidObjectException(
          "algorithms", "expected RS, PS or ES with 256, 384 or 512, or EdDSA; such as RS256");
    }
    if (definition.issuer().isEmpty() && definition.audience().isEmpty()) {
      throw new InvalidObjectException(
          "issuer", "missing: without issuer and audience any token of these keys would do");
    }
  }

  private static void url(String field, String text) throws InvalidObjectException {
    try {
      URI uri = URI.create(text);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if ((http || "https".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new InvalidObjectException(field, "expected an address such as https://host/path");
  }

  private void mtls() throws InvalidObjectException {
    if (definition.certPath().isPresent() != definition.keyPath().isPresent()) {
      throw new InvalidObjectException(
          definition.certPath().isPresent() ? "key_path" : "cert_path",
          "missing: cert_path and key_path go together");
    }
    if (definition.clientCertFingerprint().isEmpty()
        && definition.clientCertSubjectDn().isEmpty()
        && definition.certPath().isEmpty()) {
      throw new InvalidObjectException(
          "client_cert_fingerprint",
          "missing: mtls needs client_cert_fingerprint or client_cert_subject_dn for callers,"
              + " cert_path and key_path for others");
    }
    try {
      definition.clientCertFingerprint().ifPresent(CallerCertificate::fingerprint);
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException(
          "client_cert_fingerprint", "expected a SHA-256 as 64 hexadecimal digits");
    }
    try {
      definition.clientCertSubjectDn().ifPresent(CallerCertificate::subject);
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException(
          "client_cert_subject_dn", "expected a distinguished name such as CN=partner, O=Example");
    }
  }

  private String needed(String field, Optional<String> value) throws InvalidObjectException {
    return value.orElseThrow(
        () -> new InvalidObjectException(field, "missing: " + definition.typeName() + " needs it"));
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
