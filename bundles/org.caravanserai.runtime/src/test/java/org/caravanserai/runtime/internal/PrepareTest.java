package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.RevisionRefusedException.Stage;
import org.caravanserai.runtime.ServiceRevision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrepareTest {

  private static final String HERE = "org.caravanserai.runtime.internal.prepare-test.";
  private static final String JAVA = "org.caravanserai.runtime.internal.PrepareTest.";

  private final Server server = new Server("construct__timeout", 200);

  @AfterEach
  void stop() {
    server.close();
  }

  private abstract static class Silent<I, O> implements Service<I, O> {
    @Override
    public O handle(I input, Context context) {
      return null;
    }
  }

  public static class GetCustomer extends Silent<String, Void> {}

  public static class HTTPCall extends Silent<String, Void> {}

  public static class HL7ToFhir extends Silent<String, Void> {}

  public static class Sha256Sum extends Silent<String, Void> {}

  public static class With_Underscore extends Silent<String, Void> {}

  @ServiceName("crm.Get-Customer_2")
  public static class Named extends Silent<String, Void> {}

  @ParameterizedTest
  @CsvSource({
    "GetCustomer, get-customer",
    "HTTPCall, http-call",
    "HL7ToFhir, hl7-to-fhir",
    "Sha256Sum, sha256-sum",
    "With_Underscore, with_underscore",
  })
  void aNameIsMadeOfPackageAndClass(String simpleName, String name) throws Exception {
    Class<?> type = Class.forName(PrepareTest.class.getName() + "$" + simpleName);
    assertThat(server.registry.prepare(type, "d", 1).service()).isEqualTo(HERE + name);
  }

  @Test
  void aGivenNameWins() throws Exception {
    ServiceRevision revision = server.registry.prepare(Named.class, "crm", 7);
    assertThat(revision.service()).isEqualTo("crm.Get-Customer_2");
    assertThat(revision.deployment()).isEqualTo("crm");
    assertThat(revision.revision()).isEqualTo(7);
    assertThat(revision.readsStream()).isFalse();
    assertThat(revision.inside()).isZero();
  }

  @ServiceName("")
  public static class EmptyName extends Silent<String, Void> {}

  @ServiceName("a..b")
  public static class EmptyPart extends Silent<String, Void> {}

  @ServiceName("a b")
  public static class BadLetter extends Silent<String, Void> {}

  public static class Odd$ extends Silent<String, Void> {}

  @Test
  void badNamesAreRefused() {
    refused(EmptyName.class, Stage.CHECK, "The service's name '' is empty");
    refused(EmptyPart.class, Stage.CHECK, "'a..b' has an empty part between its dots");
    refused(BadLetter.class, Stage.CHECK, "'a b' has the character ' '; letters, digits, '-'");
    refused(Odd$.class, Stage.CHECK, "give it one by @ServiceName");
  }

  static class NotPublic extends Silent<String, Void> {}

  public abstract static class Abstract extends Silent<String, Void> {}

  public interface Interface extends Service<String, Void> {}

  public class Inner extends Silent<String, Void> {
    @Override
    public String toString() {
      return "one of " + server.registry.services();
    }
  }

  public static class NoService {}

  public static class Parameters extends Silent<String, Void> {
    public Parameters(String unused) {
      assertThat(unused).isNull();
    }
  }

  public static class PrivateConstructor extends Silent<String, Void> {
    private PrivateConstructor() {}
  }

  @Test
  void whatIsNoServiceIsRefused() {
    refused(NotPublic.class, Stage.CHECK, JAVA + "NotPublic is not public");
    refused(Abstract.class, Stage.CHECK, JAVA + "Abstract is abstract");
    refused(Interface.class, Stage.CHECK, JAVA + "Interface is an interface");
    refused(Inner.class, Stage.CHECK, JAVA + "Inner is an inner class, it must be static");
    refused(
        NoService.class,
        Stage.CHECK,
        JAVA + "NoService does not implement org.caravanserai.api.Service");
    refused(
        Parameters.class, Stage.CHECK, "Parameters has no public constructor without parameters");
    refused(
        PrivateConstructor.class,
        Stage.CHECK,
        "PrivateConstructor has no public constructor without parameters");
  }

  @SuppressWarnings("rawtypes") // raw is what is tried here
  public static class Raw implements Service {
    @Override
    public Object handle(Object input, Context context) {
      return input;
    }
  }

  public static class Variable<T> extends Silent<T, Void> {}

  public static class Nested<T> extends Silent<Void, List<Map<String, T>>> {}

  public static class Wildcard extends Silent<List<?>, Void> {}

  public static class RawStage extends Silent<Void, CompletionStage<?>> {}

  @Test
  void unresolvedTypesAreRefused() {
    refused(
        Raw.class, Stage.CHECK, "The input, I of Service<I, O>, of " + JAVA + "Raw is not given");
    refused(
        Variable.class,
        Stage.CHECK,
        "I of Service<I, O>, of " + JAVA + "Variable is or has the type variable T");
    refused(
        Nested.class,
        Stage.CHECK,
        "O of Service<I, O>, of " + JAVA + "Nested is or has the type variable T");
    refused(Wildcard.class, Stage.CHECK, "Wildcard has the wildcard ?: write the type out");
    refused(RawStage.class, Stage.CHECK, "RawStage has the wildcard ?");
  }

  public abstract static class Middle<A, B> extends Silent<List<B>, A> {}

  public static class Resolved extends Middle<CompletableFuture<Integer[]>, Map<String, Named>> {}

  public static class ViaLambdaLike implements Converter<String> {
    @Override
    public byte[] handle(String input, Context context) {
      return new byte[0];
    }
  }

  public interface Converter<X> extends Service<X, byte[]> {}

  public static class Streams extends Silent<InputStream, CompletionStage<String>> {}

  @Test
  void typesAreFoundThroughSupertypes() throws Exception {
    ServiceTypes types = ServiceTypes.of(Resolved.class);
    assertThat(types.inputName())
        .isEqualTo("java.util.List<java.util.Map<java.lang.String, " + JAVA + "Named>>");
    assertThat(types.outputName())
        .isEqualTo("java.util.concurrent.CompletableFuture<java.lang.Integer[]>");
    assertThat(types.output()).isEqualTo(Integer[].class);
    assertThat(ServiceTypes.of(ViaLambdaLike.class).outputName()).isEqualTo("byte[]");
    assertThat(server.registry.prepare(Streams.class, "d", 1).readsStream()).isTrue();
    assertThat(ServiceTypes.of(Streams.class).output()).isEqualTo(String.class);
  }

  interface Shape {}

  public static class TakesInterface extends Silent<Shape, Void> {}

  @Test
  void aninputThatCanNeverBeReadIsRefused() {
    refused(
        TakesInterface.class, Stage.CHECK, "The input of " + JAVA + "TakesInterface can't be read");
  }

  public static class Throwing extends Silent<String, Void> {
    public Throwing() {
      throw new IllegalStateException("no config");
    }
  }

  public static class StaticThrowing extends Silent<String, Void> {
    static final int VALUE = Integer.parseInt("x");
  }

  public static class Missing extends Silent<String, Void> {
    public Missing() {
      throw new NoClassDefFoundError("com/acme/Gone");
    }
  }

  @Test
  void aConstructorThatFailsIsToldWithItsLine() {
    RevisionRefusedException refused =
        refused(
            Throwing.class,
            Stage.CONSTRUCT,
            "Throwing failed: java.lang.IllegalStateException: no config");
    assertThat(refused.line()).isPositive();
    refused(
        StaticThrowing.class,
        Stage.CONSTRUCT,
        "failed: java.lang.NumberFormatException: For input string: \"x\"");
    refused(Missing.class, Stage.LINK, "The class com.acme.Gone is missing");
  }

  public static class Endless extends Silent<String, Void> {

    static final AtomicBoolean interrupted = new AtomicBoolean();

    public Endless() {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
      interrupted.set(true);
    }
  }

  @Test
  void aConstructorThatTakesTooLongIsInterrupted() {
    refused(
        Endless.class,
        Stage.CONSTRUCT,
        "The constructor of " + JAVA + "Endless took longer than 200 ms");
    org.awaitility.Awaitility.await().untilTrue(Endless.interrupted);
  }

  /** Its constants are asked for when the readers are made. */
  public enum Hesitant {
    ONE;

    static {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException given) {
        throw new IllegalStateException(given);
      }
    }
  }

  public record Hesitation(Hesitant one) {}

  public static class Asking extends Silent<Hesitation, Void> {}

  @Test
  void aClassOfTheInputThatTakesTooLongIsInterruptedToo() {
    refused(Asking.class, Stage.CONSTRUCT, "took longer than 200 ms");
  }

  public static class LateCloser extends Silent<String, Void> implements AutoCloseable {

    static final AtomicBoolean closed = new AtomicBoolean();

    public LateCloser() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException given) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @Test
  void whatIsConstructedTooLateIsClosed() {
    refused(LateCloser.class, Stage.CONSTRUCT, "took longer than 200 ms");
    org.awaitility.Awaitility.await().untilTrue(LateCloser.closed);
  }

  public static class Curious extends Silent<String, Void> {

    static final AtomicReference<Thread> thread = new AtomicReference<>();
    static final AtomicReference<ClassLoader> loader = new AtomicReference<>();

    public Curious() {
      thread.set(Thread.currentThread());
      loader.set(Thread.currentThread().getContextClassLoader());
    }
  }

  @Test
  void aConstructorRunsAside() throws Exception {
    server.registry.prepare(Curious.class, "d", 1);
    assertThat(Curious.thread.get()).isNotSameAs(Thread.currentThread());
    assertThat(Curious.thread.get().isDaemon()).isTrue();
    assertThat(Curious.loader.get()).isSameAs(Curious.class.getClassLoader());
  }

  private RevisionRefusedException refused(Class<?> type, Stage stage, String words) {
    RevisionRefusedException refused =
        catchThrowableOfType(
            RevisionRefusedException.class, () -> server.registry.prepare(type, "d", 1));
    assertThat(refused).as(type.getSimpleName()).isNotNull();
    assertThat(refused.stage()).isEqualTo(stage);
    assertThat(refused).hasMessageContaining(words);
    return refused;
  }
}
