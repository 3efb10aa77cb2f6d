package org.caravanserai.security.internal.definition;

import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.Verdict;
import org.jspecify.annotations.Nullable;

/** What a request must show to be let in. */
interface Credentials {

  /** Lets nobody in. */
  Credentials NONE =
      new Credentials() {

        private final Verdict.Refused refused = Verdict.Refused.unknown(null);

        @Override
        public Verdict check(AccessRequest request, Verdict.Admitted admitted) {
          return refused;
        }

        @Override
        public @Nullable String claimed(AccessRequest request) {
          return null;
        }

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
          // Nothing to find.
        }
      };

  /**
   * Looks for them in a request.
   *
   * @param admitted the verdict if they are there
   */
  Verdict check(AccessRequest request, Verdict.Admitted admitted);

  /**
   * Whose a request says it is, right or wrong: empty where credentials have no name; {@code null}
   * if it shows none of this kind.
   */
  @Nullable String claimed(AccessRequest request);

  /** The {@code WWW-Authenticate} header that asks for them. */
  @Nullable String challenge();

  /**
   * The token, as of {@link BasicToken}, of the user name and password by which protocols know them
   * that know nothing else; {@code null} if there is none.
   *
   * @param definition the name of the security definition
   */
  @Nullable String login(String definition);

  /**
   * Puts them among those of a group.
   *
   * @param admitted the verdict if they are in a request
   */
  void index(Index index, Verdict.Admitted admitted);
}
