package org.caravanserai.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collection;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Certificates and keys in PEM files (RFC 7468). */
public final class PemFiles {

  /** The alias of the key in {@link #identity}. */
  public static final String ALIAS = "key";

  private PemFiles() {}

  /**
   * The certificates of a file, as those that vouch for others.
   *
   * @throws IOException if it can't be read; the message says so in words
   * @throws GeneralSecurityException if it holds none; the message says so in words
   */
  public static KeyStore certificates(String file) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    int count = 0;
    for (Certificate each : chain(file)) {
      store.setCertificateEntry("ca-" + count++, each);
    }
    return store;
  }

  /**
   * A private key and the chain of its certificates, under {@link #ALIAS} and an empty password.
   *
   * @param chainFile the certificates, the key's own first
   * @param keyFile the key: PKCS #8, PKCS #1 or SEC 1, not encrypted
   * @throws IOException if a file can't be read; the message says so in words
   * @throws GeneralSecurityException if the files hold something else or do not belong together;
   *     the message says so in words
   */
  public static KeyStore identity(String chainFile, String keyFile)
      throws IOException, GeneralSecurityException {
    Certificate[] chain = chain(chainFile).toArray(Certificate[]::new);
    PrivateKey key = key(keyFile);
    if (!belongTogether(key, chain[0].getPublicKey())) {
      throw new GeneralSecurityException(
          "the key in " + keyFile + " is not that of the first certificate in " + chainFile);
    }
    KeyStore store = empty();
    store.setKeyEntry(ALIAS, key, new char[0], chain);
    return store;
  }

  /** The certificate of an identity. */
  public static X509Certificate certificate(KeyStore identity) throws GeneralSecurityException {
    if (identity.getCertificate(ALIAS) instanceof X509Certificate certificate) {
      return certificate;
    }
    throw new GeneralSecurityException("no X.509 certificate");
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static String read(String file) throws IOException {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (IOException e) {
      throw new IOException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static Collection<? extends Certificate> chain(String file)
      throws IOException, GeneralSecurityException {
    byte[] content = read(file).getBytes(StandardCharsets.ISO_8859_1);
    Collection<? extends Certificate> all;
    try {
      all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content));
    } catch (CertificateException e) {
      throw new GeneralSecurityException(file + " holds a certificate that can't be read", e);
    }
    if (all.isEmpty()) {
      throw new GeneralSecurityException(file + " holds no certificate");
    }
    return all;
  }

  private static PrivateKey key(String file) throws IOException, GeneralSecurityException {
    String text = read(file);
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject part = reader.readPemObject(); part != null; part = reader.readPemObject()) {
        switch (part.getType()) {
          case "PRIVATE KEY" -> {
            return key(PrivateKeyInfo.getInstance(part.getContent()));
          }
          case "RSA PRIVATE KEY" -> {
            if (!part.getHeaders().isEmpty()) {
              throw new GeneralSecurityException("the key in " + file + " is encrypted");
            }
            return key(
                new PrivateKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    RSAPrivateKey.getInstance(part.getContent())));
          }
          case "EC PRIVATE KEY" -> {
            if (!part.getHeaders().isEmpty()) {
              throw new GeneralSecurityException("the key in " + file + " is encrypted");
            }
            ECPrivateKey key = ECPrivateKey.getInstance(part.getContent());
            return key(
                new PrivateKeyInfo(
                    new AlgorithmIdentifier(
                        X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                    key));
          }
          case "ENCRYPTED PRIVATE KEY" ->
              throw new GeneralSecurityException("the key in " + file + " is encrypted");
          default -> {
            // Certificates and parameters may stand beside the key.
          }
        }
      }
    } catch (RuntimeException | IOException e) {
      throw new GeneralSecurityException(file + " holds a key that can't be read", e);
    }
    throw new GeneralSecurityException(file + " holds no private key");
  }

  private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
    boolean rsa =
        PKCSObjectIdentifiers.rsaEncryption.equals(info.getPrivateKeyAlgorithm().getAlgorithm());
    return KeyFactory.getInstance(rsa ? "RSA" : "EC")
        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  private static boolean belongTogether(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    Signature signature =
        Signature.getInstance(
            key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(key);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update((byte) 1);
    return signature.verify(signed);
  }
}
