package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where {@code mvn:} URLs look, on a server that knows no repository and on one that knows some.
 */
class MavenRepositoriesIT {

  private static final String SETTING = "SERAI_MAVEN_REPOSITORIES";

  private static MavenRepository open;
  private static MavenRepository guarded;
  private static Server server;
  private static Client client;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    open = MavenRepository.open();
    guarded = MavenRepository.guarded();
    Path settings = Server.newFolder().resolve("settings.xml");
    Files.writeString(
        settings,
        """
        <settings>
          <servers>
            <server><id>guarded</id><username>%s</username><password>%s</password></server>
            <server><id>refusing</id><username>%s</username><password>wrong</password></server>
          </servers>
          <profiles>
            <profile>
              <id>acme</id>
              <repositories>
                <repository><id>guarded</id><url>%s</url></repository>
              </repositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>acme</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(
                MavenRepository.USER,
                MavenRepository.PASSWORD,
                MavenRepository.USER,
                guarded.url("").replaceFirst("@.*", "")));
    server =
        Server.start(
            Server.newFolder(),
            Map.of(SETTING, "+" + open.url("open"), "SERAI_MAVEN_SETTINGS", settings.toString()));
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
    open.close();
    guarded.close();
  }

  @Test
  void withoutRepositoriesNobodyIsAskedAndTheSettingIsNamed() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/.m2")).getParent();
    try (MavenRepository elsewhere = MavenRepository.open()) {
      elsewhere.putJar("com.acme:bare:1.0", tariff("com.acme.bare"));
      String address = elsewhere.url("mirror").replaceFirst("@.*", "");
      Files.writeString(
          home.resolve(".m2/settings.xml"),
          "<settings><mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors></settings>"
              .formatted(address));
      try (Server bare =
          Server.start(
              Server.newFolder(),
              Map.of("MAVEN_MIRROR_URL", address, "EXTRA_JAVA_OPTS", "-Duser.home=" + home))) {
        Path features = features(folder, "bare", "1.0", "mvn:com.acme/bare/1.0");
        for (List<String> command :
            List.of(
                List.of("feature:repo-add", "mvn:com.acme/bare/1.0/xml/features"),
                List.of("feature:repo-add", "-i", features.toUri().toString(), "bare"),
                List.of("bundle:install", "mvn:com.acme/bare/1.0"),
                List.of("deploy", "mvn:com.acme/bare/1.0"))) {
          ScriptResult refused = bare.run("bin/serai", command.toArray(String[]::new));
          assertThat(refused.status()).as(command + refused.output()).isEqualTo(1);
          assertThat(refused.output()).contains(SETTING).doesNotContain("\tat ");
        }
        var source = bare.client().deploy("bare", asking("acme.bare", "com.acme:bare:1.0"));
        assertThat(source.statusCode()).as(source.body()).isEqualTo(422);
        assertThat(source.body()).contains("\"line\":2,\"column\":8").contains(SETTING);
        // What the distribution has is found.
        assertThat(
                bare.run(
                        "bin/serai",
                        "feature:repo-add",
                        "mvn:org.apache.karaf.features/framework/LATEST/xml/features")
                    .status())
            .isZero();
      }
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void settingsThatAreNotThereKeepAServerFromStarting() {
    ScriptResult refused =
        ScriptResult.of(
            Server.distribution().resolve("bin/karaf"),
            List.of("server"),
            Map.of("SERAI_DATA", folder.toString(), "SERAI_MAVEN_SETTINGS", "no-such.xml"),
            Duration.ofSeconds(60));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output()).contains("SERAI_MAVEN_SETTINGS is /").contains("no-such.xml");
  }

  @Test
  void featuresAndTheirBundlesComeFromTheRepositories() throws IOException {
    for (String version : List.of("1.0", "1.1")) {
      open.putJar("com.acme:tariff:" + version, tariff("com.acme.tariff" + version.charAt(2)));
      guarded.put(
          "com.acme:tariffs:" + version,
          "-features.xml",
          Files.readAllBytes(
              features(folder, "tariff", version, "mvn:com.acme/tariff/" + version)));
      run("feature:repo-add", "mvn:com.acme/tariffs/" + version + "/xml/features");
      run("feature:install", "tariff/" + version);
      assertThat(run("bundle:list", "-l")).contains("mvn:com.acme/tariff/" + version);
    }
    assertThat(server.data().resolve("maven/com/acme/tariff/1.1/tariff-1.1.jar")).exists();
  }

  @Test
  void servicesComeFromTheRepositories() throws IOException {
    guarded.putJar("com.acme:greeter-service:1.0", service("one"));
    String deployed = run("deploy", "mvn:com.acme/greeter-service/1.0");
    assertThat(deployed).contains("greeter-service revision 1 is live: acme.greeter");
    assertThat(client.apiPost("/services/acme.greeter/invoke", "").body()).isEqualTo("one");
  }

  @Test
  void whatIsNotThereOrDamagedIsToldAndTakenOnceItIsRight() throws IOException {
    assertThat(refusal("deploy", "mvn:com.acme/late/1.0"))
        .contains("com.acme:late:jar:1.0")
        .contains("open (http://127.0.0.1:")
        .contains("guarded (http://127.0.0.1:");
    guarded.putJar("com.acme:late:1.0", service("late", "acme.late"));
    guarded.damage("com.acme:late:1.0", ".jar");
    assertThat(refusal("deploy", "mvn:com.acme/late/1.0")).contains("Checksum validation failed");
    guarded.putJar("com.acme:late:1.0", service("late", "acme.late"));
    assertThat(run("deploy", "mvn:com.acme/late/1.0")).contains("late revision 1 is live");
  }

  @Test
  void aRepositoryThatRefusesOrIsNotReachedIsNamed() throws IOException {
    String refusing = guarded.url("refusing");
    assertThat(refusal("bundle:install", "mvn:" + refusing + "!com.acme/refused/1.0"))
        .contains("refusing (http://127.0.0.1:")
        .contains("401");
    MavenRepository gone = MavenRepository.open();
    gone.close();
    assertThat(refusal("bundle:install", "mvn:" + gone.url("gone") + "!com.acme/gone/1.0"))
        .contains("gone (http://127.0.0.1:")
        .containsIgnoringCase("refused");
  }

  @Test
  void sourcesHaveTheirLibrariesAndNeedNoRepositoryAgain() throws IOException {
    Path base = tariff("com.acme.base");
    Path rates =
        new LibraryJars(folder)
            .compile(
                "com.acme.rates",
                "Rates",
                "public class Rates { public static String text() {"
                    + " return \"rates of \" + com.acme.base.Tariff.text(); } }",
                Map.of(),
                List.of(base));
    open.putJar("com.acme:base:1.0", base);
    guarded.putJar(
        "com.acme:rates:1.0",
        rates,
        MavenRepository.dependency("com.acme:base:1.0", "<scope>runtime</scope>"),
        MavenRepository.dependency("com.acme:for-tests:1.0", "<scope>test</scope>"),
        MavenRepository.dependency("com.acme:provided:1.0", "<scope>provided</scope>"),
        MavenRepository.dependency("com.acme:optional:1.0", "<optional>true</optional>"));
    String source = asking("acme.rates", "com.acme:rates:1.0");
    var deployed = client.deploy("rates", source);
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    assertThat(client.apiPost("/services/acme.rates/invoke", "").body())
        .isEqualTo("rates of tariff");

    var missing = client.deploy("rates", source.replace(":1.0", ":1.0 com.acme:gone:7"));
    assertThat(missing.statusCode()).isEqualTo(422);
    assertThat(missing.body())
        .contains("\"line\":2,\"column\":27")
        .contains("com.acme:gone:pom:7")
        .contains("open (http://127.0.0.1:");
    var malformed = client.deploy("rates", source.replace(":1.0", ""));
    assertThat(malformed.body()).contains("'com.acme:rates' is not GROUP:ARTIFACT:VERSION");

    int asked = open.requests().size() + guarded.requests().size();
    assertThat(client.deploy("rates", source + "// saved\n").statusCode()).isEqualTo(200);
    server.restart("clean");
    assertThat(client.apiPost("/services/acme.rates/invoke", "").body())
        .isEqualTo("rates of tariff");
    assertThat(run("rollback", "rates", "1")).contains("rates revision 3 is live");
    assertThat(open.requests().size() + guarded.requests().size()).isEqualTo(asked);
  }

  @Test
  void nothingTellsThePassword() throws IOException {
    guarded.putJar("com.acme:quiet:1.0", service("quiet", "acme.quiet"));
    run("deploy", "mvn:com.acme/quiet/1.0");
    assertThat(run("config:list")).doesNotContain(MavenRepository.PASSWORD);
    try (Stream<Path> all = Files.walk(server.data())) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1))
            .as(each.toString())
            .doesNotContain(MavenRepository.PASSWORD);
      }
    }
  }

  private static String run(String... command) {
    ScriptResult done = server.run("bin/serai", command);
    assertThat(done.status()).as(done.output()).isZero();
    return done.output();
  }

  private static String refusal(String... command) {
    ScriptResult refused = server.run("bin/serai", command);
    assertThat(refused.status()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output()).doesNotContain("\tat ");
    return refused.output();
  }

  /** A source that asks for a library in its second line, and answers with what that says. */
  private static String asking(String service, String artifact) {
    return "//\n//DEPS "
        + artifact
        + "\n"
        + Sources.service(service, "Void", "String", "return com.acme.rates.Rates.text();");
  }

  /** A bundle. */
  private Path tariff(String packageName) {
    return new LibraryJars(folder)
        .make(packageName, "Tariff", "tariff", Map.of("Bundle-SymbolicName", packageName));
  }

  private Path service(String answer) {
    return service(answer, "acme.greeter");
  }

  /** A jar of one service. */
  private Path service(String answer, String name) {
    return new LibraryJars(folder)
        .compile(
            "com.acme.greeter",
            "Greeter",
            """
            @org.caravanserai.api.ServiceName("%s")
            public class Greeter implements org.caravanserai.api.Service<Void, String> {
              public String handle(Void none, org.caravanserai.api.Context context) {
                return "%s";
              }
            }
            """
                .formatted(name, answer),
            Map.of("Bundle-SymbolicName", "greeter"),
            List.of());
  }

  /** A features repository with one feature of one bundle. */
  private static Path features(Path folder, String name, String version, String bundle)
      throws IOException {
    return Files.writeString(
        folder.resolve(name + "-" + version + "-features.xml"),
        """
        <features name="%s-%s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
          <feature name="%s" version="%s"><bundle>%s</bundle></feature>
        </features>
        """
            .formatted(name, version, name, version, bundle));
  }
}
