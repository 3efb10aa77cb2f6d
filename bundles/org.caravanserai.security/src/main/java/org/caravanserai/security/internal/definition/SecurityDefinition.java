package org.caravanserai.security.internal.definition;

import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * Credentials that let a caller in.
 *
 * @param name the name by which channels refer to it
 * @param isActive whether it lets anybody in
 * @param type where the credentials stand in a request
 * @param username the user's name; for an API key a label only
 * @param password the password, or the API key
 * @param realm the realm of the challenge (RFC 9110, section 11.5)
 * @param header the header that holds the API key
 */
record SecurityDefinition(
    @Field(help = "The name by which channels refer to it.") String name,
    @Field(help = "Whether it lets anybody in.", defaultValue = "true") boolean isActive,
    @Field(help = "Where the credentials stand in a request.") Type type,
    @Field(help = "The user's name; for an API key a label only.") Optional<String> username,
    @Field(help = "The password, or the API key.", secret = true, min = 1) String password,
    @Field(help = "The realm that is shown to who is asked for a password.", defaultValue = "API")
        String realm,
    @Field(help = "The header that holds the API key.", defaultValue = "X-API-Key") String header) {

  /** Where credentials stand in a request. */
  enum Type {
    /** In the header {@code Authorization}, scheme {@code Basic} (RFC 7617). */
    BASIC_AUTH,
    /** In a header of their own. */
    APIKEY
  }

  /** Everything but the secret. */
  @Override
  public String toString() {
    return "SecurityDefinition[name=%s, isActive=%s, type=%s, username=%s]"
        .formatted(name, isActive, type, username.orElse(""));
  }
}
