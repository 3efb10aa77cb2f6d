package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassLoaderTest {

  /** Defines the guests' classes anew. */
  static final class Own extends ClassLoader {

    Own() {
      super(ClassLoaderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null || !name.startsWith(Guests.class.getName())) {
          return known != null ? known : super.loadClass(name, resolve);
        }
        String file = name.replace('.', '/') + ".class";
        try (InputStream content = getParent().getResourceAsStream(file)) {
          byte[] bytes = content.readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException failure) {
          throw new ClassNotFoundException(name, failure);
        }
      }
    }
  }

  private final Server server = new Server();

  @AfterEach
  void stop() {
    server.close();
  }

  private Slot deploy(Class<?> nested) throws Exception {
    return server.deploy(new Own().loadClass(nested.getName()));
  }

  private ServiceRevision useAndReplace() throws Exception {
    Slot greeter = deploy(Guests.Greeter.class);
    Slot host = deploy(Guests.Host.class);
    ServiceRevision old = greeter.current().orElseThrow();
    for (int i = 0; i < 3; i++) {
      try (Reply reply =
          server.reply(
              greeter,
              server.call(Server.document("{\"name\":\"a\",\"kind\":\"NEW\",\"rooms\":[]}")))) {
        assertThat(reply.failure()).isNull();
        reply.render(DataFormat.JSON);
        reply.as(Map.class);
      }
      try (Reply wrong = server.reply(greeter, server.call(Server.document("{\"name\":1}")))) {
        assertThat(wrong.failure()).hasMessage("/name: expected text, got a number");
      }
      assertThat((String) server.invoke(host, Map.of())).startsWith("Dear Ann");
      Object foreign =
          new Own()
              .loadClass(Guests.Guest.class.getName())
              .getDeclaredConstructors()[0]
              .newInstance("Bob", null, Optional.empty(), List.of());
      try (Reply reply = server.reply(greeter, server.call(new Payload.Value(foreign)))) {
        assertThat(reply.failure()).hasMessage("/kind: missing");
      }
      server.submit(host, Duration.ofSeconds(20), Map.of()).join();
    }
    return old;
  }

  @Test
  void theClassesOfARetiredRevisionAreCollected() throws Exception {
    ServiceRevision handle = useAndReplace();
    Slot greeter = server.registry.slot("test.greeter");
    Slot host = server.registry.slot("test.host");
    WeakReference<ClassLoader> greeterLoader = loaderOf(greeter);
    WeakReference<ClassLoader> hostLoader = loaderOf(host);
    deploy(Guests.Host.class);
    server.invoke(host, Map.of());
    awaitCollected(hostLoader);
    deploy(Guests.Greeter.class);
    server.invoke(host, Map.of());
    awaitCollected(greeterLoader);
    assertThat(handle.service()).isEqualTo("test.greeter");
  }

  private static WeakReference<ClassLoader> loaderOf(Slot slot) {
    LiveRevision revision = (LiveRevision) slot.current().orElseThrow();
    return new WeakReference<>(revision.instance().loader());
  }

  private static void awaitCollected(WeakReference<ClassLoader> loader) {
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loader.get()).isNull();
            });
  }
}
