package org.caravanserai.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Security definitions that its owner chooses, any of which lets callers in. */
@ProviderType
public interface DefinitionSet extends AutoCloseable {

  /** Tells which of them a request is by; the same object whatever is chosen. */
  Authenticator authenticator();

  /**
   * From now on these and no others.
   *
   * @param definitions their names; those that are not active let nobody in
   */
  void choose(Set<String> definitions);

  /**
   * Whose a user name and password are, for protocols that know nothing else: those of a {@code
   * basic_auth} definition, or the name of an {@code apikey} definition and its key. Looks in
   * constant time.
   *
   * @return the name of the definition; {@code null} if they are wrong
   */
  @Nullable String login(String user, String password);

  /**
   * Notes in the audit that somebody has shown a wrong user name or password; of very many only the
   * number.
   *
   * @param user the user name that was shown
   * @param address where it came from
   * @param target what it was to open, such as {@code broker}
   */
  void refused(String user, String address, String target);

  /** Lets nobody in any more, and follows no definition. */
  @Override
  void close();
}
