package org.caravanserai.security.internal.definition;

import java.util.Map;
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
        public @Nullable String challenge() {
          return null;
        }

        @Override
        public void index(Index index, Verdict.Admitted admitted) {
          // Nothing to find.
        }

        @Override
        public @Nullable Map<String, String> headers() {
          return null;
        }
      };

  /**
   * Looks for them in a request.
   *
   * @param admitted the verdict if they are there
   */
  Verdict check(AccessRequest request, Verdict.Admitted admitted);

  /** The {@code WWW-Authenticate} header that asks for them. */
  @Nullable String challenge();

  /**
   * Puts them among those of a group.
   *
   * @param admitted the verdict if they are in a request
   */
  void index(Index index, Verdict.Admitted admitted);

  /** The headers that show them to another server; {@code null} if there are none. */
  @Nullable Map<String, String> headers();
}
