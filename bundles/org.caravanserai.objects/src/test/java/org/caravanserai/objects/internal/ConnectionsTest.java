package org.caravanserai.objects.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.caravanserai.objects.ConfigurationRefusedException;
import org.caravanserai.objects.ObjectInfo.State;
import org.caravanserai.objects.Ping;
import org.caravanserai.objects.Ping.Status;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.Connections.OpenConnection;
import org.caravanserai.spi.LiveConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {

  private static final String FILE = "/etc/serai.yaml";

  private final LineKind lines = new LineKind("line");
  private ObjectKernel kernel;

  @BeforeEach
  void open(@TempDir Path data) throws IOException {
    kernel =
        new ObjectKernel(
            TestStorage.settings(Set.of()), variable -> null, path -> true, TestStorage.open(data));
  }

  @AfterEach
  void close() {
    kernel.close();
    assertThat(kernel.named("crm")).isEmpty();
  }

  private void deploy(String yaml) {
    assertThat(kernel.deploy(FILE, yaml.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private void line(String name, String number) {
    deploy("line:\n  - name: " + name + "\n    number: '" + number + "'\n");
  }

  private void came(LineKind kind) {
    kernel.kindCame(kind);
    await().until(() -> kernel.reason().isEmpty());
  }

  private @Nullable String number(String name) {
    LiveConnection<?, LineKind.Phone> found = kernel.find(LineKind.Phone.class, name);
    return found == null ? null : found.facade(new Nobody()).get();
  }

  private String absence(String name) {
    return kernel.absence(LineKind.Phone.class, name).state();
  }

  @Test
  void isFoundByItsFacadeAndNameWhileItIsOpen() {
    came(lines);
    assertThat(number("crm")).isNull();
    line("crm", "1");
    assertThat(number("crm")).isEqualTo("1");
    assertThat(number("other")).isNull();
    assertThat(kernel.find(Runnable.class, "crm")).isNull();
    assertThat(kernel.named("crm")).extracting(OpenConnection::kind).containsExactly("line");

    line("crm", "2");
    assertThat(number("crm")).isEqualTo("2");
    line("erp", "3");
    assertThat(number("crm")).isNull();
    assertThat(kernel.named("crm")).isEmpty();
    kernel.kindWent(lines);
    assertThat(number("erp")).isNull();
  }

  @Test
  void aConnectionThatIsReplacedStaysTheSame() {
    came(lines);
    line("crm", "1");
    LiveConnection<?, LineKind.Phone> before = kernel.find(LineKind.Phone.class, "crm");
    line("crm", "2");
    assertThat(kernel.find(LineKind.Phone.class, "crm")).isSameAs(before);
  }

  @Test
  void ofTwoThatServicesCouldNotTellApartOneIsOpen() {
    came(lines);
    came(new LineKind("wire"));
    deploy("line: [{name: crm, number: '1'}]\nwire: [{name: crm, number: '2'}]\n");
    assertThat(kernel.list())
        .extracting(object -> object.state())
        .containsExactlyInAnyOrder(State.OPEN, State.FAILED);
    assertThat(kernel.list())
        .filteredOn(object -> object.state() == State.FAILED)
        .allMatch(object -> object.reason().orElseThrow().contains("has the same name"));

    String first = kernel.named("crm").get(0).kind();
    String rest = first.equals("line") ? "wire" : "line";
    deploy(rest + ": [{name: crm, number: '7'}]\n");
    assertThat(number("crm")).isEqualTo("7");
    assertThat(kernel.named("crm")).extracting(OpenConnection::kind).containsExactly(rest);
  }

  @Test
  void whyThereIsNoneIsSaidInWords() {
    assertThat(absence("crm"))
        .isEqualTo(
            "Connection crm is not open: no kind of connection offers "
                + LineKind.Phone.class.getName());
    came(lines);
    assertThat(absence("crm")).isEqualTo("Connection crm is not open: there is no line crm");
    line("crm", "busy");
    assertThat(absence("crm")).isEqualTo("Connection crm is not open: it could not be opened");
    assertThat(kernel.absence(LineKind.Phone.class, "crm").reason()).isEqualTo("the line is busy");
    deploy("line: [{name: crm, number: '1', is_active: false}]");
    assertThat(absence("crm")).isEqualTo("Connection crm is not open: it is not active");
  }

  @Test
  void aPingSaysWhatWasReachedOrWhyNot() {
    came(lines);
    assertThat(kernel.ping("line", "crm")).isEmpty();
    line("crm", "1");
    Ping reached = kernel.ping("line", "crm").orElseThrow();
    assertThat(reached.status()).isEqualTo(Status.REACHED);
    assertThat(reached.details()).isEqualTo("spoke to 1");
    assertThat(reached.millis()).isNotNegative();
    line("crm", "dead");
    Ping dead = kernel.ping("line", "crm").orElseThrow();
    assertThat(dead.status()).isEqualTo(Status.NOT_REACHED);
    assertThat(dead.details()).isEqualTo("nobody answers");
  }

  @Test
  void whatIsNotOpenOrNoConnectionIsNotTried() {
    came(lines);
    TestKind<Lock> locks = TestKind.locks(TestKind.events());
    kernel.kindCame(locks);
    await().until(() -> kernel.reason().isEmpty());
    deploy("lock: [{name: l}]\nline: [{name: crm, number: busy}]\n");
    Ping lock = kernel.ping("lock", "l").orElseThrow();
    assertThat(lock.status()).isEqualTo(Status.NOT_TRIED);
    assertThat(lock.details()).contains("no kind of connection");
    Ping busy = kernel.ping("line", "crm").orElseThrow();
    assertThat(busy.status()).isEqualTo(Status.NOT_TRIED);
    assertThat(busy.details())
        .isEqualTo("line/crm is not open: it could not be opened (the line is busy)");
  }

  private Ping test(String document) {
    return kernel.test("line", document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aConnectionIsTriedWithoutBeingKept() {
    came(lines);
    line("crm", "1");
    Ping reached = test("{\"name\": \"crm\", \"number\": \"2\"}");
    assertThat(reached.status()).isEqualTo(Status.REACHED);
    assertThat(reached.details()).isEqualTo("spoke to 2");
    assertThat(number("crm")).isEqualTo("1");
    assertThat(kernel.list()).hasSize(1);

    assertThat(test("number: dead").details()).isEqualTo("nobody answers");
    Ping busy = test("number: busy");
    assertThat(busy.status()).isEqualTo(Status.NOT_REACHED);
    assertThat(busy.details()).isEqualTo("the line is busy");
    Ping missing = test("number: '${secret:none}'");
    assertThat(missing.status()).isEqualTo(Status.NOT_TRIED);
    assertThat(missing.details()).isEqualTo("missing secret none");
  }

  @Test
  void whatMakesNoSenseIsNotTried() {
    came(lines);
    assertThatThrownBy(() -> test("numbr: '1'"))
        .isInstanceOf(ConfigurationRefusedException.class)
        .hasMessageContaining("unknown field `numbr`");
    TestKind<Lock> locks = TestKind.locks(TestKind.events());
    kernel.kindCame(locks);
    await().until(() -> kernel.reason().isEmpty());
    assertThatThrownBy(() -> kernel.test("lock", new byte[0]))
        .isInstanceOf(ConfigurationRefusedException.class)
        .hasMessageContaining("no kind of connection");
    assertThatThrownBy(() -> kernel.test("none", new byte[0]))
        .hasMessage("This server has no kind none");
  }

  @Test
  void noSecretOfAConnectionThatIsTriedIsTold() {
    came(lines);
    kernel.set("number", "hush-number");
    assertThat(test("number: '${secret:number}'").details()).isEqualTo("spoke to ***");
  }

  /** A caller who needs nothing. */
  private static final class Nobody implements Caller {

    @Override
    public String cid() {
      return "cid";
    }

    @Override
    public long nanosLeft() {
      return Long.MAX_VALUE;
    }

    @Override
    public void closeAtEnd(AutoCloseable resource) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Runnable stay() {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] toJson(Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T fromJson(byte[] json, Class<T> type) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void kindsOfAFacadeAreNamedTogether() {
    came(lines);
    came(new LineKind("wire"));
    assertThat(absence("x")).startsWith("Connection x is not open: there is no line x");
    assertThat(number("x")).isNull();
  }
}
