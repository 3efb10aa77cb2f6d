package org.caravanserai.security.internal.definition;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Component;

/** The kind {@code security}, and the authenticators that follow its objects. */
@Component(
    service = {ObjectKind.class, SecurityDefinitions.class},
    immediate = true)
public final class SecurityKind implements ObjectKind<SecurityDefinition>, SecurityDefinitions {

  /** RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]+( +[!-~]+)*");

  private final ConcurrentMap<String, AuthenticatorHandle> handles = new ConcurrentHashMap<>();

  @Override
  public Authenticator authenticator(String name) {
    return handle(name);
  }

  @Override
  public OutgoingCredentials outgoing(String name) {
    return handle(name);
  }

  private AuthenticatorHandle handle(String name) {
    return handles.computeIfAbsent(name, AuthenticatorHandle::new);
  }

  @Override
  public String name() {
    return "security";
  }

  @Override
  public Class<SecurityDefinition> type() {
    return SecurityDefinition.class;
  }

  @Override
  public void validate(SecurityDefinition definition) throws InvalidObjectException {
    if (hasControls(definition.realm())) {
      throw new InvalidObjectException("realm", "must hold no control characters");
    }
    switch (definition.type()) {
      case BASIC_AUTH -> validateBasic(definition);
      case APIKEY -> validateApiKey(definition);
    }
  }

  private static void validateBasic(SecurityDefinition definition) throws InvalidObjectException {
    String username =
        definition
            .username()
            .orElseThrow(
                () -> new InvalidObjectException("username", "missing: basic_auth needs one"));
    if (username.isEmpty() || username.indexOf(':') >= 0 || hasControls(username)) {
      throw new InvalidObjectException(
          "username", "must not be empty, nor hold a colon or control characters");
    }
    if (hasControls(definition.password())) {
      throw new InvalidObjectException("password", "must hold no control characters");
    }
  }

  private static void validateApiKey(SecurityDefinition definition) throws InvalidObjectException {
    if (!TOKEN.matcher(definition.header()).matches()) {
      throw new InvalidObjectException("header", "must be the name of an HTTP header");
    }
    if (!VISIBLE_ASCII.matcher(definition.password()).matches()) {
      throw new InvalidObjectException(
          "password", "an API key must be visible ASCII, since it stands in an HTTP header");
    }
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  @Override
  public LiveObject<SecurityDefinition> open(SecurityDefinition definition) {
    AuthenticatorHandle handle = handle(definition.name());
    handle.ask(Credentials.of(definition));
    return new LiveObject<>() {
      @Override
      public void replace(SecurityDefinition changed) {
        handle.ask(Credentials.of(changed));
      }

      @Override
      public void close() {
        handle.ask(Credentials.NONE);
      }
    };
  }
}
