package org.caravanserai.security.internal.definition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.security.RateRule;
import org.caravanserai.spi.Field;

/**
 * Credentials that let a caller in.
 *
 * @param name the name by which channels refer to it
 * @param isActive whether it lets anybody in
 * @param type what the credentials are
 * @param username the user's name, the client's id; for an API key a label only
 * @param password the password, the API key, or the client's secret
 * @param realm the realm of the challenge (RFC 9110, section 11.5)
 * @param header the header that holds the API key, or the token that is shown
 * @param issuer who must have issued a token
 * @param jwksUrl where the keys of the issuer are (RFC 7517)
 * @param audience whom a token may be meant for
 * @param claims what a token must say besides
 * @param algorithms how a token may be signed
 * @param leeway by how much clocks may differ
 * @param authEndpoint where tokens to be shown are fetched (RFC 6749, section 3.2)
 * @param scopes what such a token is to be good for
 * @param grantType how it is asked for
 * @param clientIdField the field with the client's id
 * @param clientSecretField the field with the client's secret
 * @param extraFields more fields
 * @param dataFormat how the fields are sent
 * @param token a token to be shown that is not fetched
 * @param prefix what stands before a token in its header
 * @param certPath the certificate to be shown
 * @param keyPath the key of that certificate
 * @param caCertsPath the certificates that vouch for other servers
 * @param clientCertFingerprint the certificate that a caller must show
 * @param clientCertSubjectDn whose certificate a caller must show
 * @param rateLimiting how many requests may come
 * @param quotaTier the quota tier whose rules hold besides
 */
record SecurityDefinition(
    @Field(help = "The name by which channels refer to it.") String name,
    @Field(help = "Whether it lets anybody in.", defaultValue = "true") boolean isActive,
    @Field(help = "What the credentials are.") Type type,
    @Field(help = "The user's name, the client's id; for an API key a label only.")
        Optional<String> username,
    @Field(help = "The password, the API key, or the client's secret.", secret = true, min = 1)
        Optional<String> password,
    @Field(help = "The realm that is shown to who is asked for a password.", defaultValue = "API")
        String realm,
    @Field(help = "The header that holds the API key (X-API-Key) or token (Authorization).")
        Optional<String> header,
    @Field(help = "Who must have issued a token: its iss.") Optional<String> issuer,
    @Field(help = "Where the issuer's keys are, as a JSON Web Key Set.") Optional<String> jwksUrl,
    @Field(help = "Whom a token may be meant for: one of these is in its aud.", defaultValue = "[]")
        List<String> audience,
    @Field(
            help = "What a token must say besides; of a list or scope one item, a.b is b inside a.",
            defaultValue = "{}")
        Map<String, String> claims,
    @Field(
            help =
                "How a token may be signed: RS, PS and ES with 256, 384 and 512, and EdDSA"
                    + " (Ed25519).",
            defaultValue = "[RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA]")
        List<String> algorithms,
    @Field(
            help = "By how much the issuer's clock and ours may differ.",
            defaultValue = "30",
            min = 0,
            max = 3_600)
        Duration leeway,
    @Field(help = "Where tokens that are shown to others are fetched, for username and password.")
        Optional<String> authEndpoint,
    @Field(help = "What fetched tokens are to be good for.", defaultValue = "[]")
        List<String> scopes,
    @Field(help = "How tokens are asked for.", defaultValue = "client_credentials")
        String grantType,
    @Field(help = "The field with the client's id.", defaultValue = "client_id", min = 1)
        String clientIdField,
    @Field(help = "The field with the client's secret.", defaultValue = "client_secret", min = 1)
        String clientSecretField,
    @Field(help = "More fields that are sent.", defaultValue = "{}")
        Map<String, String> extraFields,
    @Field(help = "How the fields are sent.", defaultValue = "form") TokenFormat dataFormat,
    @Field(help = "A token to be shown to others that is not fetched.", secret = true, min = 1)
        Optional<String> token,
    @Field(help = "What stands before a token in its header.", defaultValue = "Bearer")
        String prefix,
    @Field(help = "The PEM file with the certificate, and its chain, that is shown to others.")
        Optional<String> certPath,
    @Field(help = "The PEM file with the key of that certificate.") Optional<String> keyPath,
    @Field(help = "A file of PEM certificates that vouch for other servers, instead of Java's own.")
        Optional<String> caCertsPath,
    @Field(help = "The SHA-256 of the certificate that a caller must show, in hexadecimal digits.")
        Optional<String> clientCertFingerprint,
    @Field(help = "The subject of the certificate that a caller must show, such as CN=a, O=b.")
        Optional<String> clientCertSubjectDn,
    @Field(help = "How many requests may come, over all channels.", defaultValue = "[]")
        List<RateRule> rateLimiting,
    @Field(help = "The quota tier whose rules come after these.", reference = "quota_tier")
        Optional<String> quotaTier) {

  /** What credentials are. */
  enum Type {
    /** In the header {@code Authorization}, scheme {@code Basic} (RFC 7617). */
    BASIC_AUTH,
    /** In a header of their own. */
    APIKEY,
    /** A token in the header {@code Authorization}, scheme {@code Bearer} (RFC 6750). */
    BEARER_TOKEN,
    /** A certificate that was shown when the connection was made. */
    MTLS
  }

  /** How the fields are sent for which a token is given. */
  enum TokenFormat {
    /** As {@code application/x-www-form-urlencoded}. */
    FORM,
    /** As a JSON object. */
    JSON
  }

  /** The header, or the usual one. */
  String headerOr(String usual) {
    return header.orElse(usual);
  }

  /** The kind's name for its type. */
  String typeName() {
    return type.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Everything but the secret. */
  @Override
  public String toString() {
    return "SecurityDefinition[name=%s, isActive=%s, type=%s, username=%s]"
        .formatted(name, isActive, type, username.orElse(""));
  }
}
