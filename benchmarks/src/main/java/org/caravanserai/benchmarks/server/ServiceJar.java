package org.caravanserai.benchmarks.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Makes compiled services: a jar with class files and a manifest that names the service's class.
 */
public final class ServiceJar {

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final String classPath;

  /** Compiles against the API of a distribution. */
  public ServiceJar(Path distribution) throws IOException {
    try (var files = Files.walk(distribution.resolve("system/org/caravanserai"))) {
      List<String> api =
          files
              .filter(file -> file.getFileName().toString().startsWith("org.caravanserai.api-"))
              .map(Path::toString)
              .toList();
      classPath = String.join(":", api);
    }
  }

  /** The jar of one source. */
  public byte[] of(String type, String source) throws IOException {
    var classes = new TreeMap<String, ByteArrayOutputStream>();
    var options = List.of("-classpath", classPath, "-proc:none", "--release", "17");
    try (var files = new Memory(compiler.getStandardFileManager(null, null, null), classes)) {
      if (!compiler
          .getTask(null, files, null, options, null, List.of(source(type, source)))
          .call()) {
        throw new IOException("does not compile: " + source);
      }
    }
    var manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", type);
    attributes.putValue("Import-Package", "org.caravanserai.api");
    attributes.putValue("Serai-Service", type);
    var bytes = new ByteArrayOutputStream();
    try (var jar = new JarOutputStream(bytes, manifest)) {
      for (var entry : classes.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey() + ".class"));
        jar.write(entry.getValue().toByteArray());
      }
    }
    return bytes.toByteArray();
  }

  /** Jars whose services answer with the numbers of a range. */
  public List<byte[]> revisions(String service, String type, int from, int count)
      throws IOException {
    List<byte[]> jars = new ArrayList<>();
    for (int number = from; number < from + count; number++) {
      jars.add(of(type, Sources.echo(service, type, number)));
    }
    return jars;
  }

  /** The same, each of about 50 KB. */
  public List<byte[]> large(String service, String type, int count) throws IOException {
    List<byte[]> jars = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      jars.add(of(type, Sources.large(service, type, number, 35)));
    }
    return jars;
  }

  private static JavaFileObject source(String type, String text) {
    URI place = URI.create("string:///" + type + ".java");
    return new SimpleJavaFileObject(place, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> classes;

    Memory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      URI place = URI.create("memory:///" + name.replace('.', '/') + kind.extension);
      return new SimpleJavaFileObject(place, kind) {
        @Override
        public ByteArrayOutputStream openOutputStream() {
          var bytes = new ByteArrayOutputStream();
          classes.put(name.replace('.', '/'), bytes);
          return bytes;
        }
      };
    }
  }
}
