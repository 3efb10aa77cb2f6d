package org.caravanserai.security.internal.oidc;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanserai.security.PemFiles;
import org.caravanserai.security.User;
import org.caravanserai.security.internal.jwt.IssuerKeys;
import org.caravanserai.security.internal.jwt.JwtResult;
import org.caravanserai.security.internal.jwt.JwtRules;
import org.caravanserai.security.internal.jwt.JwtVerifier;
import org.caravanserai.security.internal.web.WebClient;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The users of one issuer, by its signed tokens; there are some if it is configured. */
@Component(
    service = TokenUsers.class,
    configurationPid = "org.caravanserai.security.oidc",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = OidcSettings.class)
public final class OidcUsers implements TokenUsers {

  private final TokenRoles roles;
  private final JwtVerifier verifier;
  private final Semaphore waiting;
  private final int parallel;
  private final int timeout;

  /**
   * With the settings; the issuer need not be there.
   *
   * @throws IllegalArgumentException if the settings make no sense; the message says which
   */
  @Activate
  public OidcUsers(OidcSettings settings) throws IOException, GeneralSecurityException {
    this(settings, Clock.systemUTC());
  }

  OidcUsers(OidcSettings settings, Clock clock) throws IOException, GeneralSecurityException {
    timeout = settings.timeout();
    parallel = settings.parallel();
    waiting = new Semaphore(parallel);
    List<String> audience = TokenRoles.parts(settings.audience());
    if (settings.issuer().isBlank()) {
      throw new IllegalArgumentException("issuer: expected what the tokens' claim iss says");
    }
    if (audience.isEmpty()) {
      throw new IllegalArgumentException(
          "audience: expected what the tokens' claim aud says; else any token of the issuer would do");
    }
    roles = new TokenRoles(settings);
    Optional<KeyStore> trusted =
        settings.ca__certs__path().isEmpty()
            ? Optional.empty()
            : Optional.of(PemFiles.certificates(settings.ca__certs__path()));
    IssuerKeys keys =
        new IssuerKeys(
            address(settings.jwks__url()),
            WebClient.of(trusted, Duration.ofMillis(timeout)),
            Duration.ofSeconds(settings.jwks__pause()),
            Duration.ofSeconds(settings.jwks__max__age()),
            clock);
    verifier =
        new JwtVerifier(
            new JwtRules(
                Optional.of(settings.issuer()),
                audience,
                Map.of(),
                JwtRules.ALGORITHMS,
                Duration.ofSeconds(settings.leeway())),
            keys,
            settings.token__memory(),
            clock);
  }

  /** How many log-ins wait for the keys now. */
  int waiting() {
    return parallel - waiting.availablePermits();
  }

  private static URI address(String url) {
    URI address = URI.create(url);
    boolean isWeb = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
    if (!isWeb || address.getHost() == null) {
      throw new IllegalArgumentException("jwks_url: expected https://..., not " + url);
    }
    return address;
  }

  @Override
  public Optional<User> remembered(String token) {
    return verifier
        .remembered(token)
        .map(roles::user)
        .filter(TokenVerdict.Known.class::isInstance)
        .map(known -> ((TokenVerdict.Known) known).user());
  }

  @Override
  public TokenVerdict verify(String token) {
    CompletableFuture<JwtResult> result = verifier.verify(token);
    JwtResult now = result.getNow(null);
    if (now != null) {
      return verdict(now);
    }
    if (!waiting.tryAcquire()) {
      return new TokenVerdict.Undecided("too many log-ins wait for the issuer's keys");
    }
    try {
      return verdict(result.get(timeout, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new TokenVerdict.Undecided("the issuer's keys did not come in time");
    } catch (ExecutionException e) {
      return new TokenVerdict.Undecided(WebClient.words(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TokenVerdict.Undecided("interrupted");
    } finally {
      waiting.release();
    }
  }

  private TokenVerdict verdict(JwtResult result) {
    if (result instanceof JwtResult.Invalid invalid) {
      return new TokenVerdict.Refused(invalid.reason());
    }
    if (result instanceof JwtResult.Unknown unknown) {
      return new TokenVerdict.Undecided(unknown.reason());
    }
    return roles.user((JwtResult.Valid) result);
  }
}
