package org.caravanserai.objects.internal.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.objects.internal.kind.TextReferences;
import org.caravanserai.objects.internal.yaml.YamlLimits;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.spi.Diagnostic;
import org.junit.jupiter.api.Test;

class UserFilesTest {

  private static final String FOLDER = "/srv/serai/user-conf/";

  private final Map<String, String> secrets = new HashMap<>();
  private final UserFiles files =
      new UserFiles(
          new YamlReader(new YamlLimits(2_000, 10, 5)),
          new TextReferences(Map.of("HOST", "db1")::get).withSecrets(secrets::get));

  private List<String> deploy(String file, String... lines) {
    return files
        .deploy(FOLDER + file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
        .stream()
        .map(Diagnostic::toString)
        .toList();
  }

  @Test
  void acceptsTheFormatsInFoldersOfThatName() {
    assertThat(files.accepts(Path.of("/deploy/crm/user-conf/app.yaml"))).isTrue();
    assertThat(files.accepts(Path.of("/user-conf/app.YML"))).isTrue();
    assertThat(files.accepts(Path.of("/user-conf/app.properties"))).isTrue();
    assertThat(files.accepts(Path.of("/user-conf/app.ini"))).isTrue();
    assertThat(files.accepts(Path.of("/user-conf/.app.ini"))).isFalse();
    assertThat(files.accepts(Path.of("/user-conf/app.txt"))).isFalse();
    assertThat(files.accepts(Path.of("/user-conf/more/app.ini"))).isFalse();
    assertThat(files.accepts(Path.of("/deploy/app.ini"))).isFalse();
    assertThat(files.accepts(Path.of("app.ini"))).isFalse();
  }

  @Test
  void yamlHasItsTypes() {
    assertThat(
            deploy(
                "app.yaml",
                "db: {host: '${HOST}', port: 5432, rate: 0.5, on: true, none: null}",
                "names: [ann, '7', '${X:-bob}']"))
        .isEmpty();

    assertThat(files.find("app"))
        .isEqualTo(
            Map.of(
                "db",
                Map.of("host", "db1", "port", 5432L, "rate", new BigDecimal("0.5"), "on", true),
                "names",
                List.of("ann", "7", "bob")));
    assertThatThrownBy(() -> files.find("app").put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(files.text("app.db.port")).isEqualTo("5432");
    assertThat(files.text("app.db")).isNull();
    assertThat(files.text("app.db.host.more")).isNull();
    assertThat(files.text("app")).isNull();
    assertThat(files.text("other.db")).isNull();
  }

  @Test
  void dotsOfPropertiesAndSectionsOfIniAreLevels() {
    assertThat(
            deploy(
                "app.properties",
                "# comment",
                "db.host = ${HOST}",
                "db.port: 5432",
                "name = a \\",
                "   b\\u00e9",
                "empty ="))
        .isEmpty();
    assertThat(files.find("app"))
        .isEqualTo(
            Map.of("db", Map.of("host", "db1", "port", "5432"), "name", "a bé", "empty", ""));

    assertThat(deploy("crm.ini", "; comment", "top = 1", "[db]", "user.name = x", "[other]", "a=b"))
        .isEmpty();
    assertThat(files.find("crm"))
        .isEqualTo(Map.of("top", "1", "db", Map.of("user.name", "x"), "other", Map.of("a", "b")));
  }

  @Test
  void aBrokenFileSaysWhereAndChangesNothing() {
    deploy("app.yaml", "a: 1");

    assertThat(deploy("app.yaml", "a: 2", "b: ["))
        .singleElement()
        .asString()
        .contains("app.yaml:2:");
    assertThat(deploy("app.yaml", "a: 2", "b: ${NOBODY}"))
        .singleElement()
        .asString()
        .startsWith("app.yaml:2:4: error: `${NOBODY}`: the environment has no NOBODY");
    assertThat(files.find("app")).isEqualTo(Map.of("a", 1L));

    assertThat(deploy("crm.ini", "[db", "x", "a = 1", "a = 2", "b = \\u12"))
        .containsExactly(
            "crm.ini:1:1: error: a section is [NAME]",
            "crm.ini:2:1: error: expected KEY = VALUE",
            "crm.ini:4:1: error: a is there already",
            "crm.ini:5:1: error: a \\u has four hexadecimal digits after it, and \\\\ is a backslash");
    assertThat(deploy("p.properties", "a = 1", "a.b = 2"))
        .containsExactly("p.properties:2:1: error: a has a value, it can't have others below it");
    assertThat(deploy("big.ini", "a".repeat(3000)))
        .singleElement()
        .asString()
        .contains("at most 2000 are allowed");
    assertThat(files.deploy(FOLDER + "utf.ini", new byte[] {'a', '=', (byte) 0xff}))
        .singleElement()
        .asString()
        .contains("not UTF-8");
    assertThat(files.find("crm")).isNull();
  }

  @Test
  void aSecretThatComesLaterIsTakenThen() {
    assertThat(deploy("app.yaml", "password: '${secret:app/pw}'"))
        .containsExactly("app.yaml:1:11: error: there is no secret app/pw");
    assertThat(files.find("app")).isNull();

    secrets.put("app/pw", "s3cret");
    files.refresh();

    assertThat(files.find("app")).isEqualTo(Map.of("password", "s3cret"));
    secrets.put("app/pw", "other");
    files.refresh();
    assertThat(files.find("app")).isEqualTo(Map.of("password", "other"));
  }

  @Test
  void ofTwoFilesOfOneNameTheSecondWaits() {
    deploy("app.yaml", "a: 1");
    assertThat(deploy("app.ini", "a = 2"))
        .containsExactly("app.ini: error: app is " + FOLDER + "app.yaml already");

    files.undeploy(FOLDER + "app.yaml");
    assertThat(files.find("app")).isEqualTo(Map.of("a", "2"));
    files.undeploy(FOLDER + "app.ini");
    assertThat(files.find("app")).isNull();
  }
}
