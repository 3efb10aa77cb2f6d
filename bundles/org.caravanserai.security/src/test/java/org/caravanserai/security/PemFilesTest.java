package org.caravanserai.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.caravanserai.security.certificates.Certificates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFilesTest {

  private static final Certificates AUTHORITY = new Certificates("authority");
  private static final Certificates.Issued ISSUED = AUTHORITY.issue("CN=me");

  @TempDir Path folder;

  @BeforeEach
  void write() {
    Certificates.write(folder.resolve("me.crt"), ISSUED.chainPem() + AUTHORITY.pem());
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** The key as {@code openssl ecparam -genkey} writes it. */
  private static byte[] withParameters() throws IOException {
    return new ECPrivateKey(
            256,
            ((java.security.interfaces.ECPrivateKey) ISSUED.keys().getPrivate()).getS(),
            SECObjectIdentifiers.secp256r1)
        .getEncoded();
  }

  private void takes(String keyPem) throws IOException, GeneralSecurityException {
    Certificates.write(folder.resolve("me.key"), keyPem);
    var identity = PemFiles.identity(file("me.crt"), file("me.key"));
    assertThat(PemFiles.certificate(identity)).isEqualTo(ISSUED.certificate());
    assertThat(identity.getCertificateChain(PemFiles.ALIAS)).hasSize(2);
    assertThat(identity.getKey(PemFiles.ALIAS, new char[0])).isNotNull();
  }

  private void refuses(String keyPem, String message) {
    Certificates.write(folder.resolve("me.key"), keyPem);
    assertThatThrownBy(() -> PemFiles.identity(file("me.crt"), file("me.key")))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining(message);
  }

  /** The same key as older tools write it. */
  private static byte[] old(Certificates.Issued issued) throws IOException {
    return PrivateKeyInfo.getInstance(issued.keys().getPrivate().getEncoded())
        .parsePrivateKey()
        .toASN1Primitive()
        .getEncoded();
  }

  @Test
  void takesKeysInAllForms() throws Exception {
    takes(ISSUED.keyPem());
    takes(Certificates.pem("EC PRIVATE KEY", withParameters()));
    takes("some words\n" + ISSUED.chainPem() + ISSUED.keyPem());
  }

  @Test
  void takesRsaKeysAsOlderToolsWriteThem() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    Certificates.Issued rsa = AUTHORITY.issue("CN=rsa", generator.generateKeyPair());
    Certificates.write(folder.resolve("rsa.crt"), rsa.chainPem());
    Certificates.write(folder.resolve("rsa.key"), Certificates.pem("RSA PRIVATE KEY", old(rsa)));
    var identity = PemFiles.identity(file("rsa.crt"), file("rsa.key"));
    assertThat(PemFiles.certificate(identity)).isEqualTo(rsa.certificate());
  }

  @Test
  void refusesWhatIsNoKeyOfTheCertificate() throws Exception {
    refuses("", "holds no private key");
    refuses(ISSUED.chainPem(), "holds no private key");
    refuses(AUTHORITY.issue("CN=me").keyPem(), "is not that of the first certificate");
    refuses(Certificates.pem("ENCRYPTED PRIVATE KEY", new byte[9]), "is encrypted");
    refuses(Certificates.pem("PRIVATE KEY", new byte[9]), "can't be read");
    refuses(Certificates.pem("RSA PRIVATE KEY", old(ISSUED)), "can't be read");
    refuses("-----BEGIN PRIVATE KEY-----\n", "can't be read");
  }

  @Test
  void refusesWhatIsNoCertificate() {
    Certificates.write(folder.resolve("empty.crt"), "");
    Certificates.write(folder.resolve("bad.crt"), Certificates.pem("CERTIFICATE", new byte[9]));
    assertThatThrownBy(() -> PemFiles.certificates(file("empty.crt")))
        .hasMessageContaining("empty.crt");
    assertThatThrownBy(() -> PemFiles.certificates(file("bad.crt")))
        .hasMessageContaining("bad.crt");
    assertThatThrownBy(() -> PemFiles.certificates(file("none.crt")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no file");
  }

  @Test
  void vouchesByAllCertificatesOfAFile() throws Exception {
    assertThat(PemFiles.certificates(file("me.crt")).size()).isEqualTo(2);
  }
}
