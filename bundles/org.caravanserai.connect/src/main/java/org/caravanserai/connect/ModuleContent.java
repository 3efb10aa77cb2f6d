package org.caravanserai.connect;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.connect.ConnectContent;

/**
 * A module as the framework reads it. Whoever keeps a bundle that is uninstalled, as loggers do,
 * keeps this; so it lets go of the module then.
 */
final class ModuleContent implements ConnectContent {

  private volatile @Nullable Module module;

  ModuleContent(Module module) {
    this.module = module;
  }

  /** The module is there no more. */
  void forget() {
    module = null;
  }

  private Optional<Module> module() {
    return Optional.ofNullable(module);
  }

  @Override
  public Optional<Map<String, String>> getHeaders() {
    return module().map(Module::headers);
  }

  @Override
  public Set<String> getEntries() {
    return module().map(Module::entries).orElse(Set.of());
  }

  @Override
  public Optional<ConnectEntry> getEntry(String path) {
    return module().flatMap(found -> found.entry(path)).map(content -> new Entry(path, content));
  }

  @Override
  public Optional<ClassLoader> getClassLoader() {
    return module().map(Module::loader);
  }

  @Override
  public void open() {
    // It is in memory.
  }

  @Override
  public void close() {
    // It is in memory.
  }

  private record Entry(String name, byte[] content) implements ConnectEntry {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public long getContentLength() {
      return content.length;
    }

    @Override
    public long getLastModified() {
      return 0;
    }

    @Override
    public byte[] getBytes() {
      return content.clone();
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(content);
    }
  }
}
