package org.caravanserai.security.internal.definition;

import java.util.Map;
import java.util.function.Function;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.OutgoingCredentials;
import org.jspecify.annotations.Nullable;

/** What callers hold of a definition, whatever becomes of the definition itself. */
final class AuthenticatorHandle implements Authenticator, OutgoingCredentials {

  private final String name;
  private volatile Credentials credentials = Credentials.NONE;

  AuthenticatorHandle(String name) {
    this.name = name;
  }

  /** From now on asks for other credentials. */
  void ask(Credentials changed) {
    credentials = changed;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean accepts(Function<String, @Nullable String> header) {
    return credentials.areIn(header);
  }

  @Override
  public @Nullable String challenge() {
    return credentials.challenge();
  }

  @Override
  public @Nullable Map<String, String> headers() {
    return credentials.headers();
  }
}
