package org.caravanserai.deploy.internal.install;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.deploy.internal.dependency.LibraryContent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;

/**
 * Loads the classes of one revision: its own, those of the packages that it imports, and Java's.
 *
 * <p>It works before there is a bundle, and goes on after there is one no more.
 */
final class RevisionLoader extends ClassLoader implements BundleReference {

  static {
    registerAsParallelCapable();
  }

  private final String location;
  private final Map<String, byte[]> entries;
  private final Map<String, ClassLoader> imports;
  private final List<LibraryContent> libraries;
  private volatile @Nullable Bundle bundle;

  /**
   * Makes a loader.
   *
   * @param location where its bundle comes from, for URLs
   * @param entries class files and resources by path
   * @param imports what loads the classes of each imported package
   * @param libraries those which it has for itself
   */
  RevisionLoader(
      String location,
      Map<String, byte[]> entries,
      Map<String, ClassLoader> imports,
      List<LibraryContent> libraries) {
    super(location, ClassLoader.getPlatformClassLoader());
    this.location = location;
    this.entries = entries;
    this.imports = imports;
    this.libraries = libraries;
  }

  /** Its classes belong to that bundle now. */
  void bundle(Bundle made) {
    bundle = made;
  }

  /** The bundle of its classes, {@code null} while there is none. */
  @Override
  public @Nullable Bundle getBundle() {
    return bundle;
  }

  /** What loads the classes of a package that it imports. */
  Optional<ClassLoader> importOf(String packageName) {
    return Optional.ofNullable(imports.get(packageName));
  }

  /** Whether it has packages from that loader. */
  boolean imports(ClassLoader provider) {
    return imports.containsValue(provider);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    ClassLoader provider = imports.get(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
    if (provider != null) {
      return provider.loadClass(name);
    }
    byte[] own = entries.get(name.replace('.', '/') + ".class");
    // Not by way of the parent first: its "not found" costs more than the class.
    return own == null ? ofLibraries(name, resolve) : own(name, own);
  }

  private Class<?> ofLibraries(String name, boolean resolve) throws ClassNotFoundException {
    String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    for (LibraryContent each : libraries) {
      if (each.packages().contains(packageName)) {
        byte[] found = each.read(name.replace('.', '/') + ".class");
        if (found != null) {
          return own(name, found);
        }
      }
    }
    return super.loadClass(name, resolve);
  }

  private Class<?> own(String name, byte[] content) {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? defineClass(name, content, 0, content.length) : loaded;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    ClassLoader provider = providerOf(name);
    return provider == null ? super.getResource(name) : provider.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    ClassLoader provider = providerOf(name);
    return provider == null ? super.getResources(name) : provider.getResources(name);
  }

  private @Nullable ClassLoader providerOf(String path) {
    return imports.get(path.substring(0, Math.max(0, path.lastIndexOf('/'))).replace('/', '.'));
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return found(name).findFirst().orElse(null);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    return Collections.enumeration(found(name).toList());
  }

  /** Its own first, then those of its libraries, in their order. */
  private Stream<URL> found(String name) {
    byte[] own = entries.get(name);
    return Stream.concat(
        own == null ? Stream.empty() : Stream.of(url("/" + name, own)),
        libraries.stream().flatMap(each -> resource(each, name)));
  }

  private Stream<URL> resource(LibraryContent library, String name) {
    byte[] found = library.read(name);
    return found == null
        ? Stream.empty()
        : Stream.of(url("/" + library.file().getFileName() + "!/" + name, found));
  }

  private URL url(String path, byte[] content) {
    try {
      return new URL(null, location + path, new InMemory(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads URLs of entries. */
  private static final class InMemory extends URLStreamHandler {

    private final byte[] content;

    InMemory(byte[] content) {
      this.content = content;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public int getContentLength() {
          return content.length;
        }

        @Override
        public long getContentLengthLong() {
          return content.length;
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(content);
        }
      };
    }
  }
}
