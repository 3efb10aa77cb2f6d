package org.caravanserai.rest.internal.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.rest.Rest;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.DefinitionSet;
import org.caravanserai.security.OutgoingCredentials;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.InvalidObjectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingRestKindTest {

  private static final String HOST = "https://api.example.com";

  private final OutgoingRestKind kind = new OutgoingRestKind(new None(), new MetricsComponent());

  @TempDir Path folder;

  private String refused(String host, Object... changes) {
    try {
      kind.validate(Connections.to(host, changes));
    } catch (InvalidObjectException e) {
      return e.field() + ": " + e.getMessage();
    }
    return "";
  }

  @Test
  void isZatosKind() {
    assertThat(kind.name()).isEqualTo("outgoing_rest");
    assertThat(kind.facade()).isEqualTo(Rest.class);
    assertThat(kind.type()).isEqualTo(OutgoingRest.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com,''",
    "http://127.0.0.1:8080/v1,''",
    "HTTP://x,''",
    "api.example.com,expected an address",
    "ftp://x,expected an address",
    "http://,expected an address",
    "http://a b,expected an address",
    "http://x?y=1,expected an address",
    "http://me:secret@x,must hold no user"
  })
  void hostsAreAddresses(String host, String reason) {
    if (reason.isEmpty()) {
      assertThat(refused(host)).isEmpty();
    } else {
      assertThat(refused(host)).startsWith("host: ").contains(reason).doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/a/{b}/c,''",
    "'',''",
    "a,must begin with /",
    "/{a,must look like",
    "/{},must look like",
    "/{a}/{a},stands in it twice",
    "/a b,percent-encoded",
    "/a?b=c,must hold no query"
  })
  void pathsAreTemplates(String path, String reason) {
    if (reason.isEmpty()) {
      assertThat(refused(HOST, "urlPath", path)).isEmpty();
    } else {
      assertThat(refused(HOST, "urlPath", path)).startsWith("url_path: ").contains(reason);
    }
  }

  @Test
  void otherFieldsMakeSenseToo() {
    assertThat(refused(HOST, "maxResponseSize", "many")).startsWith("max_response_size: ");
    assertThat(refused(HOST, "contentType", Optional.of("a\nb"))).startsWith("content_type: ");
    assertThat(refused(HOST, "pingMethod", "G T")).startsWith("ping_method: ");
    assertThat(refused(HOST, "timeout", Duration.ZERO)).startsWith("timeout: ");
    assertThat(refused(HOST, "connectTimeout", Duration.ZERO)).startsWith("connect_timeout: ");
    assertThat(refused(HOST, "proxy", Optional.of("x"))).startsWith("proxy: ");
    assertThat(refused(HOST, "tlsVerify", false, "tlsCaFile", Optional.of("x")))
        .startsWith("tls_ca_file: ");
  }

  @Test
  void aFileOfCertificatesIsReadWhenTheConnectionOpens() throws IOException {
    Path empty = Files.createFile(folder.resolve("ca.pem"));
    OutgoingRest configuration = Connections.to(HOST, "tlsCaFile", Optional.of(empty.toString()));
    assertThatThrownBy(() -> kind.open(configuration)).hasMessageContaining("no certificate");
    Files.delete(empty);
    assertThatThrownBy(() -> kind.open(configuration)).isInstanceOf(IOException.class);
    assertThatCode(() -> kind.open(Connections.to(HOST)).close()).doesNotThrowAnyException();
    assertThat(kind.clients()).as("nothing is made before the first request").isZero();
  }

  @Property
  void aParameterNeverLeavesItsSegment(@ForAll String value) {
    Address address = Address.parse(HOST, "/a/{b}/c");
    if (value.isEmpty() || value.equals(".") || value.equals("..")) {
      assertThatThrownBy(() -> address.of("", Map.of("b", value)))
          .isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(address.of("", Map.of("b", value)).toString())
          .matches("https://api\\.example\\.com/a/[A-Za-z0-9%._~-]+/c");
    }
  }

  @Property
  void aParameterOfTheQueryStaysOne(@ForAll String name, @ForAll String value) {
    if (!name.equals("b")) {
      assertThat(
              Address.parse(HOST, "/{b}")
                  .of("", Map.of("b", 1, name, value))
                  .getRawQuery()
                  .split("[=&]", -1))
          .hasSize(2);
    }
  }

  @Test
  void waitsGrowAndEnd() {
    Retries retries = new Retries(3, Duration.ofSeconds(2), 3, Duration.ofSeconds(20));
    assertThat(retries.before(1, Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
    assertThat(retries.before(2, Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofSeconds(6));
    assertThat(retries.before(3, Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofSeconds(8));
    assertThat(retries.before(4, Duration.ZERO, Duration.ZERO)).isNegative();
    assertThat(retries.before(1, Duration.ofSeconds(9), Duration.ZERO))
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(retries.before(1, Duration.ZERO, Duration.ofSeconds(19))).isNegative();
  }

  /** No definitions. */
  private static final class None implements SecurityDefinitions {

    @Override
    public Authenticator authenticator(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Authenticator group(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DefinitionSet set(String name, Consumer<String> changed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OutgoingCredentials outgoing(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
