package org.caravanserai.security.internal.definition;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.ClientCertificate;
import org.caravanserai.security.Verdict;
import org.jspecify.annotations.Nullable;

/** A certificate that a caller showed when the connection was made. */
final class CallerCertificate implements Credentials {

  private static final Verdict.Refused REFUSED =
      new Verdict.Refused(401, null, "the client certificate is missing or another one");

  private final Optional<String> fingerprint;
  private final Optional<String> subject;

  /**
   * A certificate by what is asked of it.
   *
   * @param fingerprint as {@link #fingerprint} reads it
   * @param subject as {@link #subject} reads it
   */
  CallerCertificate(Optional<String> fingerprint, Optional<String> subject) {
    this.fingerprint = fingerprint.map(CallerCertificate::fingerprint);
    this.subject = subject.map(CallerCertificate::subject);
  }

  /**
   * A fingerprint in the form of {@link ClientCertificate}; colons and upper case do not matter.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String fingerprint(String text) {
    String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
    if (digits.length() != 64) {
      throw new IllegalArgumentException("expected 64 hexadecimal digits");
    }
    return HexFormat.of().formatHex(HexFormat.of().parseHex(digits));
  }

  /**
   * A distinguished name (RFC 2253) in the form of {@link ClientCertificate}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String subject(String text) {
    return new X500Principal(text).getName(X500Principal.CANONICAL);
  }

  @Override
  public Verdict check(AccessRequest request, Verdict.Admitted admitted) {
    ClientCertificate shown = request.clientCertificate();
    return shown != null && is(shown) ? admitted : REFUSED;
  }

  private boolean is(ClientCertificate shown) {
    return (fingerprint.isEmpty() || fingerprint.get().equals(shown.fingerprint()))
        && (subject.isEmpty() || subject.get().equals(shown.subject()));
  }

  @Override
  public @Nullable String claimed(AccessRequest request) {
    ClientCertificate shown = request.clientCertificate();
    return shown == null ? null : shown.subject();
  }

  /** None: a certificate can't be asked for once the connection stands. */
  @Override
  public @Nullable String challenge() {
    return null;
  }

  @Override
  public @Nullable String login(String definition) {
    return null;
  }

  @Override
  public void index(Index index, Verdict.Admitted admitted) {
    index.certificate(this, fingerprint, admitted);
  }
}
