package org.caravanserai.security.certificates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** An authority that certifies whatever a test wants. */
public final class Certificates {

  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final X500Name name;
  private final KeyPair keys = newKeys();
  private final X509Certificate own;

  /**
   * A certificate and its key.
   *
   * @param certificate it
   * @param keys its keys
   */
  public record Issued(X509Certificate certificate, KeyPair keys) {

    /** The certificate in PEM. */
    public String chainPem() {
      return pem("CERTIFICATE", encoded(certificate));
    }

    /** The key in PEM, PKCS #8. */
    public String keyPem() {
      return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** Writes both into a folder, as {@code NAME.crt} and {@code NAME.key}. */
    public void write(Path folder, String name) {
      Certificates.write(folder.resolve(name + ".key"), keyPem());
      Certificates.write(folder.resolve(name + ".crt"), chainPem());
    }
  }

  /** A new authority. */
  public Certificates(String commonName) {
    name = new X500Name("CN=" + commonName);
    own = sign(name, keys.getPublic(), Duration.ofDays(100), true);
  }

  /** A certificate for a subject, which is also good for the loopback address. */
  public Issued issue(String subject) {
    return issue(subject, Duration.ofDays(100));
  }

  /** A certificate for a subject that ends after some time. */
  public Issued issue(String subject, Duration valid) {
    KeyPair pair = newKeys();
    return new Issued(sign(new X500Name(subject), pair.getPublic(), valid, false), pair);
  }

  /** A certificate for a subject with keys of its own. */
  public Issued issue(String subject, KeyPair pair) {
    return new Issued(
        sign(new X500Name(subject), pair.getPublic(), Duration.ofDays(100), false), pair);
  }

  /** The authority's own certificate in PEM. */
  public String pem() {
    return pem("CERTIFICATE", encoded(own));
  }

  /** What a client needs that trusts this authority only and shows a certificate, or none. */
  public SSLContext client(Issued shown) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", own);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(shown == null ? null : identity(shown), new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key store with a certificate and its key. */
  public static KeyStore identity(Issued issued) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key",
        issued.keys().getPrivate(),
        new char[0],
        new X509Certificate[] {issued.certificate()});
    return store;
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate sign(X500Name subject, PublicKey key, Duration valid, boolean authority) {
    Instant now = Instant.now();
    V3TBSCertificateGenerator certificate = new V3TBSCertificateGenerator();
    certificate.setSerialNumber(
        new ASN1Integer(BigInteger.valueOf(SERIAL.getAndIncrement()).add(BigInteger.TEN)));
    certificate.setIssuer(name);
    certificate.setSubject(subject);
    certificate.setStartDate(new Time(Date.from(now.minus(Duration.ofDays(400)))));
    certificate.setEndDate(new Time(Date.from(now.plus(valid))));
    certificate.setSignature(ECDSA);
    certificate.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    try {
      certificate.setExtensions(extensions(authority));
      TBSCertificate toSign = certificate.generateTBSCertificate();
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(toSign.getEncoded());
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(toSign);
      parts.add(ECDSA);
      parts.add(new DERBitString(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new java.io.ByteArrayInputStream(new DERSequence(parts).getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Extensions extensions(boolean authority) throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    if (authority) {
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } else {
      extensions.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
              }));
    }
    return extensions.generate();
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Some DER in PEM. */
  public static String pem(String type, byte[] der) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }

  /** Writes a file. */
  public static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
