package org.caravanserai.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedCommandTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config:property-set -p org.x password s3cr3t",
        "config:property-set -p org.x db.password s3cr3t",
        "config:property-set password = s3cr3t",
        "ssh:ssh -P s3cr3t host",
        "ssh:ssh \"-P\" \"s3cr3t\" \"host\"",
        "config:property-set \"db.password\" \"s3cr3t\"",
        "serai:invoke \"orders\" \"s3cr3t\"",
        "config:property-set 'db.password' 'it'\\''s s3cr3t'",
        "config:property-set db.password \"a \\\" s3cr3t\"",
        "config:property-set db.password a\\ s3cr3t",
        "ssh:ssh --password s3cr3t host",
        "jaas:user-add ann s3cr3t",
        "feature:repo-add https://ann:s3cr3t@repo.example/features.xml",
        "x = {apiKey: \"s3cr3t and more\"}",
        "serai:secret-list; config:property-set token 's3cr3t more'",
        "serai:invoke orders {\"card\":\"s3cr3t\"}",
        "invoke orders s3cr3t",
        "echo 1 | invoke orders s3cr3t"
      })
  void valuesThatMayBeSecretAreGone(String line) {
    assertThat(MaskedCommand.of(line)).doesNotContain("s3cr3t").contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundle:list -s",
        "serai:secret-set crm.key --file key.txt",
        "secret-delete crm.key",
        "serai:deploy https://host.example/Hello.java --name hello",
        "serai:invoke orders"
      })
  void otherLinesStayAsTheyAre(String line) {
    assertThat(MaskedCommand.of(" " + line + "\n")).isEqualTo(line);
  }

  @Test
  void whatWasDoneStays() {
    assertThat(MaskedCommand.of("serai:invoke orders {\"a\":1}"))
        .isEqualTo("serai:invoke orders ***");
    assertThat(MaskedCommand.of("x".repeat(9000))).hasSize(503);
  }
}
