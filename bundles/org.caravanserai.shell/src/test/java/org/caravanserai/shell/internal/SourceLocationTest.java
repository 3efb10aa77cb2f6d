package org.caravanserai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceLocationTest {

  @ParameterizedTest
  @CsvSource({
    "file:/tmp/Hello.java, Hello",
    "http://example.com/a/orders.camel.yaml, orders",
    "http://example.com/a/b.zip?x=1, b",
    "mvn:com.acme/hello-service/1.2, hello-service",
    "mvn:com.acme/hello.service, hello.service",
    "mvn:com.acme/hello/1.0/jar/services, hello",
    "mvn:file:/srv/repository!com.acme/hello/1.0, hello",
  })
  void aDeploymentIsCalledAsItsFileOrItsArtifact(URI uri, String name) {
    assertThat(new SourceLocation(uri).baseName()).isEqualTo(name);
  }

  @Test
  void aMavenUrlNamesAnArtifact() {
    SourceLocation location = new SourceLocation(URI.create("mvn:com.acme"));
    assertThatThrownBy(location::baseName).hasMessageContaining("mvn:GROUP/ARTIFACT/VERSION");
  }
}
