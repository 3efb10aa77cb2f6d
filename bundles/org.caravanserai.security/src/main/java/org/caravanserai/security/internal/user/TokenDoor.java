package org.caravanserai.security.internal.user;

import java.util.Optional;
import java.util.function.Supplier;
import org.caravanserai.security.User;
import org.caravanserai.security.internal.oidc.TokenUsers;
import org.caravanserai.security.internal.oidc.TokenVerdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who shows a token: the server's own one for local scripts, or one of an issuer. */
final class TokenDoor {

  private static final Logger LOG = LoggerFactory.getLogger(TokenDoor.class);

  private final LocalUsers local;
  private final LoginBrake brake;
  private final Supplier<Optional<TokenUsers>> issuer;

  /**
   * Sets it up.
   *
   * @param brake who slows down an address whose tokens are refused
   * @param issuer whose tokens do besides the local one
   */
  TokenDoor(LocalUsers local, LoginBrake brake, Supplier<Optional<TokenUsers>> issuer) {
    this.local = local;
    this.brake = brake;
    this.issuer = issuer;
  }

  /** The user for whom a token stands, if it is right. */
  Optional<User> authenticate(String token, String address) {
    Optional<User> script = local.authenticateToken(token);
    return script.isPresent()
        ? script
        : issuer.get().flatMap(users -> authenticate(users, token, address));
  }

  private Optional<User> authenticate(TokenUsers users, String token, String address) {
    Optional<User> known = users.remembered(token);
    if (known.isPresent() || !brake.permits(address)) {
      return known;
    }
    TokenVerdict verdict = users.verify(token);
    if (verdict instanceof TokenVerdict.Known right) {
      return Optional.of(right.user());
    }
    if (verdict instanceof TokenVerdict.Refused refused) {
      brake.failed(address);
      LOG.warn("A token from {} was refused: {}", address, refused.reason());
    } else if (verdict instanceof TokenVerdict.Undecided undecided) {
      LOG.warn("A token from {} can't be judged: {}", address, undecided.reason());
    }
    return Optional.empty();
  }
}
