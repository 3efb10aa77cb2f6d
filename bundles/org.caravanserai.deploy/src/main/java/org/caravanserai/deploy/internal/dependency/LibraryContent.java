package org.caravanserai.deploy.internal.dependency;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The content of a jar, read where it lies. The file is open as long as something refers to this,
 * and closed by the garbage collector.
 */
public final class LibraryContent {

  private static final String CLASS = ".class";

  private final Path file;
  private final JarFile jar;
  private final Set<String> packages;

  LibraryContent(Path file) throws IOException {
    this.file = file;
    jar = new JarFile(file.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
    packages =
        jar.versionedStream()
            .map(JarEntry::getName)
            .filter(path -> path.endsWith(CLASS) && !path.startsWith("META-INF/"))
            .map(path -> path.substring(0, Math.max(0, path.lastIndexOf('/'))).replace('/', '.'))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Where it lies. */
  public Path file() {
    return file;
  }

  /** The packages that it has classes of. */
  public Set<String> packages() {
    return packages;
  }

  /** An entry; {@code null} if it has none of that path. */
  public byte @Nullable [] read(String path) {
    JarEntry entry = jar.getJarEntry(path);
    if (entry == null || entry.isDirectory()) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Its class files. */
  public Collection<byte[]> classFiles() {
    return jar.versionedStream()
        .map(JarEntry::getName)
        .filter(path -> path.endsWith(CLASS) && !path.startsWith("META-INF/"))
        .map(this::read)
        .flatMap(each -> each == null ? List.<byte[]>of().stream() : List.of(each).stream())
        .toList();
  }
}
