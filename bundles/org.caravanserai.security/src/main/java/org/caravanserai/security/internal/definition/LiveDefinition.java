package org.caravanserai.security.internal.definition;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.security.PemFiles;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.internal.jwt.IssuerKeys;
import org.caravanserai.security.internal.jwt.JwtRules;
import org.caravanserai.security.internal.jwt.JwtVerifier;
import org.caravanserai.security.internal.web.WebClient;
import org.caravanserai.spi.LiveObject;
import org.jspecify.annotations.Nullable;

/** A definition in operation. */
final class LiveDefinition implements LiveObject<SecurityDefinition> {

  private final DefinitionHandle handle;
  private final RateLimiter limits;
  private final DefinitionSettings settings;
  private @Nullable SecurityDefinition current;
  private @Nullable IssuerKeys keys;

  LiveDefinition(DefinitionHandle handle, RateLimiter limits, DefinitionSettings settings) {
    this.handle = handle;
    this.limits = limits;
    this.settings = settings;
  }

  @Override
  public synchronized void replace(SecurityDefinition changed)
      throws IOException, GeneralSecurityException {
    Credentials credentials = credentials(changed);
    limits.follow(changed.rateLimiting(), changed.quotaTier());
    handle.ask(credentials, limits);
    current = changed;
  }

  private Credentials credentials(SecurityDefinition definition)
      throws IOException, GeneralSecurityException {
    return switch (definition.type()) {
      case BASIC_AUTH ->
          new BasicCredentials(
              definition.username().orElse(""),
              definition.password().orElseThrow(),
              definition.realm());
      case APIKEY -> new ApiKey(definition.header(), definition.password().orElseThrow());
      case BEARER_TOKEN -> new BearerToken(verifier(definition), definition.realm());
      case MTLS ->
          new CallerCertificate(
              definition.clientCertFingerprint(), definition.clientCertSubjectDn());
    };
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
    handle.askForNothing();
    limits.close();
  }
}
