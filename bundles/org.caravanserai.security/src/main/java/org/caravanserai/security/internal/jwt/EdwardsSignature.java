package org.caravanserai.security.internal.jwt;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * Signatures of the algorithm {@code EdDSA} on the curve Ed25519 (RFC 8037, RFC 8032), by Java's
 * own cryptography: Nimbus has them with another library only.
 */
final class EdwardsSignature {

  /** What stands before the 32 bytes of a key in a SubjectPublicKeyInfo (RFC 8410, section 4). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int KEY_BYTES = 32;

  private EdwardsSignature() {}

  /**
   * Whether a token is signed by a key.
   *
   * @throws GeneralSecurityException if the key or the signature makes no sense
   */
  static boolean isRight(OctetKeyPair key, SignedJWT token) throws GeneralSecurityException {
    byte[] point = key.getDecodedX();
    if (!Curve.Ed25519.equals(key.getCurve()) || point.length != KEY_BYTES) {
      return false;
    }
    byte[] encoded = new byte[PREFIX.length + KEY_BYTES];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    System.arraycopy(point, 0, encoded, PREFIX.length, KEY_BYTES);
    PublicKey known =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(known);
    signature.update(token.getSigningInput());
    return signature.verify(token.getSignature().decode());
  }
}
