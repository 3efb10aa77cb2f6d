package org.caravanserai.security.internal.definition;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.security.PemFiles;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.internal.jwt.IssuerKeys;
import org.caravanserai.security.internal.jwt.JwtRules;
import org.caravanserai.security.internal.jwt.JwtVerifier;
import org.caravanserai.security.internal.web.WebClient;
import org.caravanserai.security.tls.OwnCertificates;
import org.caravanserai.spi.LiveObject;
import org.jspecify.annotations.Nullable;

/** A definition in operation. */
final class LiveDefinition implements LiveObject<SecurityDefinition> {

  private final DefinitionHandle handle;
  private final RateLimiter limits;
  private final DefinitionSettings settings;
  private final OwnCertificates certificates;
  private @Nullable SecurityDefinition current;
  private @Nullable IssuerKeys keys;
  private OwnCertificates.@Nullable Place place;

  LiveDefinition(
      DefinitionHandle handle,
      RateLimiter limits,
      DefinitionSettings settings,
      OwnCertificates certificates) {
    this.handle = handle;
    this.limits = limits;
    this.settings = settings;
    this.certificates = certificates;
  }

  @Override
  public synchronized void replace(SecurityDefinition changed)
      throws IOException, GeneralSecurityException {
    Credentials credentials = credentials(changed);
    Shown shown = shown(changed);
    limits.follow(changed.rateLimiting(), changed.quotaTier());
    handle.follow(credentials, limits, shown);
    current = changed;
    leave();
    if (shown instanceof ClientKey key) {
      place = certificates.add("security", changed.name(), key::certificate);
    }
  }

  private void leave() {
    if (place != null) {
      place.close();
      place = null;
    }
  }

  private Credentials credentials(SecurityDefinition definition)
      throws IOException, GeneralSecurityException {
    return switch (definition.type()) {
      case BASIC_AUTH ->
          new BasicCredentials(
              definition.username().orElse(""),
              definition.password().orElseThrow(),
              definition.realm());
      case APIKEY ->
          new ApiKey(definition.headerOr(ApiKey.HEADER), definition.password().orElseThrow());
      case BEARER_TOKEN ->
          definition.jwksUrl().isEmpty()
              ? Credentials.NONE
              : new BearerToken(verifier(definition), definition.realm());
      case MTLS ->
          definition.clientCertFingerprint().isEmpty() && definition.clientCertSubjectDn().isEmpty()
              ? Credentials.NONE
              : new CallerCertificate(
                  definition.clientCertFingerprint(), definition.clientCertSubjectDn());
    };
  }

  private Shown shown(SecurityDefinition definition) throws IOException, GeneralSecurityException {
    return switch (definition.type()) {
      case BASIC_AUTH ->
          Shown.fixed(
              Map.of(
                  "Authorization",
                  BasicToken.SCHEME
                      + BasicToken.of(
                          definition.username().orElse(""), definition.password().orElseThrow())));
      case APIKEY ->
          Shown.fixed(
              Map.of(definition.headerOr(ApiKey.HEADER), definition.password().orElseThrow()));
      case BEARER_TOKEN -> token(definition);
      case MTLS ->
          definition.certPath().isEmpty()
              ? Shown.nothing("security " + definition.name() + " has no cert_path")
              : new ClientKey(definition);
    };
  }

  private Shown token(SecurityDefinition definition) throws IOException, GeneralSecurityException {
    if (definition.token().isPresent()) {
      return Shown.fixed(FetchedToken.headers(definition, definition.token().get()));
    }
    return definition.authEndpoint().isEmpty()
        ? Shown.nothing("security " + definition.name() + " has no auth_endpoint and no token")
        : new FetchedToken(definition, web(definition, settings), Clock.systemUTC());
  }

  private JwtVerifier verifier(SecurityDefinition definition)
      throws IOException, GeneralSecurityException {
    IssuerKeys known = keys;
    SecurityDefinition before = current;
    if (known == null
        || before == null
        || !before.jwksUrl().equals(definition.jwksUrl())
        || !before.caCertsPath().equals(definition.caCertsPath())) {
      known =
          new IssuerKeys(
              URI.create(definition.jwksUrl().orElseThrow()),
              web(definition, settings),
              Duration.ofSeconds(settings.jwks__pause()),
              Duration.ofSeconds(settings.jwks__max__age()),
              Clock.systemUTC());
      CompletableFuture<Boolean> unused = known.refresh();
      keys = known;
    }
    JwtRules rules =
        new JwtRules(
            definition.issuer(),
            definition.audience(),
            definition.claims(),
            Set.copyOf(definition.algorithms()),
            definition.leeway());
    return new JwtVerifier(rules, known, settings.token__memory(), Clock.systemUTC());
  }

  private static WebClient web(SecurityDefinition definition, DefinitionSettings settings)
      throws IOException, GeneralSecurityException {
    Optional<KeyStore> trusted =
        definition.caCertsPath().isEmpty()
            ? Optional.empty()
            : Optional.of(PemFiles.certificates(definition.caCertsPath().get()));
    return WebClient.of(trusted, Duration.ofSeconds(settings.web__timeout()));
  }

  @Override
  public synchronized void close() {
    leave();
    handle.close();
    limits.close();
  }
}
