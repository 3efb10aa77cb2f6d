package org.caravanserai.security.internal.definition;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request must show to be let in. */
interface Credentials {

  /** Lets nobody in. */
  Credentials NONE =
      new Credentials() {
        @Override
        public boolean areIn(Function<String, @Nullable String> header) {
          return false;
        }

        @Override
        public @Nullable String challenge() {
          return null;
        }

        @Override
        public @Nullable Map<String, String> headers() {
          return null;
        }
      };

  /**
   * Whether a request shows them.
   *
   * @param header gives the value of a request header, {@code null} if there is none
   */
  boolean areIn(Function<String, @Nullable String> header);

  /** The {@code WWW-Authenticate} header that asks for them. */
  @Nullable String challenge();

  /** The headers that show them to another server; {@code null} if there are none. */
  @Nullable Map<String, String> headers();

  /** What a definition asks for. */
  static Credentials of(SecurityDefinition definition) {
    return switch (definition.type()) {
      case BASIC_AUTH ->
          new BasicCredentials(
              definition.username().orElse(""), definition.password(), definition.realm());
      case APIKEY -> new ApiKey(definition.header(), definition.password());
    };
  }
}
