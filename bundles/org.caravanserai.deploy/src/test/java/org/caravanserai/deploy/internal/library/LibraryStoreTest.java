package org.caravanserai.deploy.internal.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class LibraryStoreTest {

  private static final Instant LATER = Instant.parse("2026-02-03T04:05:06.789Z");

  @TempDir Path data;
  private LibraryStore store;

  @BeforeEach
  void open() throws Exception {
    store = new LibraryStore(data.resolve("libraries"));
  }

  @Test
  void remembersLibrariesInTheOrderInWhichTheyCame() throws Exception {
    Library second = library("b", LATER);
    second.files().add("/deploy/lib/b = 1: #!\\ \u00fc\u4e2d.jar");
    second.files().add("/deploy/lib/b.jar");
    store.describe(second);
    store.describe(library("a", LATER.minusSeconds(1)));
    assertThat(new LibraryStore(data.resolve("libraries")).load())
        .containsExactly(
            new LibraryStore.Stored("a", "1.0.0", "hash-a", LATER.minusSeconds(1), Set.of()),
            new LibraryStore.Stored("b", "1.0.0", "hash-b", LATER, second.files()));
  }

  @Test
  void leavesOutWhatCannotBeRead() throws Exception {
    store.describe(library("a", LATER));
    Files.writeString(data.resolve("libraries/half.properties"), "name=half\n");
    Files.writeString(data.resolve("libraries/wrong.properties"), "name=\\u00zz\n");
    assertThat(store.load()).extracting(LibraryStore.Stored::name).containsExactly("a");
  }

  @Test
  void keepsAndForgetsBundles() throws Exception {
    assertThat(store.has("hash-a")).isFalse();
    store.save("hash-a", new byte[] {1, 2});
    store.describe(library("a", LATER));
    try (InputStream in = store.open("hash-a")) {
      assertThat(in.readAllBytes()).containsExactly(1, 2);
    }
    store.delete("hash-a");
    assertThat(store.has("hash-a")).isFalse();
    assertThat(data.resolve("libraries")).isEmptyDirectory();
  }

  private static Library library(String name, Instant since) {
    Bundle none =
        (Bundle)
            Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> null);
    return new Library(name, "1.0.0", "hash-" + name, since, none);
  }
}
