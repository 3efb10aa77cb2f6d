package org.caravanserai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.karaf.shell.support.MultiException;
import org.junit.jupiter.api.Test;

class MissingArtifactsTest {

  private static final String REASON =
      "Error resolving artifact com.acme:a:jar:1: [Could not find artifact com.acme:a:jar:1]";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final CommandSession session =
      (CommandSession)
          Proxy.newProxyInstance(
              CommandSession.class.getClassLoader(),
              new Class<?>[] {CommandSession.class},
              (proxy, method, arguments) -> new PrintStream(printed, true, StandardCharsets.UTF_8));

  private String saidOf(Exception failure) {
    new MissingArtifacts().afterExecute(session, "bundle:install mvn:com.acme/a/1", failure);
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysWhatAMessageKeepsToItself() {
    Exception caused = new Exception("Unable to cache bundle", new IOException(REASON));
    assertThat(saidOf(new MultiException("Error", List.of(caused, caused))).strip())
        .isEqualTo(REASON);
  }

  @Test
  void doesNotSayItTwiceNorWhatCausedIt() {
    Exception deeper = new IOException(REASON, new IOException("Error resolving artifact a"));
    assertThat(saidOf(deeper)).isEmpty();
    assertThat(saidOf(new Exception("Unable: " + REASON, deeper))).isEmpty();
  }

  @Test
  void isSilentAboutOtherFailuresAndNotLostInACircle() {
    Exception one = new Exception("one");
    one.initCause(new Exception("two", one));
    assertThat(saidOf(one)).isEmpty();
  }
}
