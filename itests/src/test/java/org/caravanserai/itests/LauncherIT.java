package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start scripts refuse in words what can't work, before a JVM starts. */
class LauncherIT {

  @Test
  void anotherJavaThan17Or21IsRefused() throws IOException {
    Path java = Server.newFolder().resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    ScriptResult result = start(Map.of("JAVA_HOME", java.getParent().getParent().toString()));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("needs Java 17 or 21").contains("is Java 11");
  }

  @ParameterizedTest
  @CsvSource({
    "SERAI_HTTP_PORT,eighty",
    "SERAI_HTTP_PORT,70000",
    "SERAI_STOP_DELAY,soon",
    "SERAI_ROLE,chief",
    "SERAI_BIND,a b"
  })
  void aSettingThatIsNoneIsRefused(String name, String value) {
    ScriptResult result = start(Map.of(name, value));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains(name + " is '" + value + "'");
  }

  @Test
  void aPortInUseIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      ScriptResult result = start(Map.of("SERAI_HTTP_PORT", port));
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.output()).contains("port " + port + " (SERAI_HTTP_PORT) is in use");
    }
  }

  @Test
  void aDataFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.createFile(Server.newFolder().resolve("file"));
    ScriptResult result = start(Map.of("SERAI_DATA", file.resolve("data").toString()));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("the data folder " + file.resolve("data"));
  }

  @Test
  void stopAndStatusTellWhenNothingRuns() {
    Map<String, String> nobody = Map.of("SERAI_DATA", Server.newFolder().toString());
    ScriptResult stop = run("bin/stop", List.of(), nobody);
    assertThat(stop.status()).isZero();
    assertThat(stop.output()).contains("No server runs on");
    assertThat(run("bin/status", List.of(), nobody).status()).isEqualTo(1);
    ScriptResult command = run("bin/serai", List.of("services"), nobody);
    assertThat(command.status()).isEqualTo(2);
    assertThat(command.output()).contains("no server runs on");
  }

  private static ScriptResult start(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SERAI_DATA", Server.newFolder().toString());
    environment.putAll(settings);
    return run("bin/karaf", List.of("server"), environment);
  }

  private static ScriptResult run(
      String script, List<String> arguments, Map<String, String> environment) {
    return ScriptResult.of(
        Server.distribution().resolve(script), arguments, environment, Duration.ofSeconds(30));
  }
}
