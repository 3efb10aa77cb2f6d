package org.caravanserai.connect;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.connect.ConnectContent;

/** A module as the framework reads it. */
final class ModuleContent implements ConnectContent {

  private final Module module;

  ModuleContent(Module module) {
    this.module = module;
  }

  @Override
  public Optional<Map<String, String>> getHeaders() {
    return Optional.of(module.headers());
  }

  @Override
  public Set<String> getEntries() {
    return module.entries();
  }

  @Override
  public Optional<ConnectEntry> getEntry(String path) {
    return module.entry(path).map(content -> new Entry(path, content));
  }

  @Override
  public Optional<ClassLoader> getClassLoader() {
    return Optional.of(module.loader());
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
