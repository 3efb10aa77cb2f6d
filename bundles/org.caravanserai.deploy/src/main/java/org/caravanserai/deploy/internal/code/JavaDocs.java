package org.caravanserai.deploy.internal.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.caravanserai.deploy.internal.compile.DocSource;
import org.caravanserai.deploy.internal.compile.ExportedPackage;
import org.caravanserai.deploy.internal.compile.Packages;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The doc comments of types and members: of the sources in {@code OSGI-OPT/src} of a bundle, of the
 * JDK's if they are installed, and of the deployment's own.
 */
final class JavaDocs {

  private static final Logger LOG = LoggerFactory.getLogger(JavaDocs.class);

  private static final int KEPT = 200;
  private static final String SOURCES = "OSGI-OPT/src/";

  /** The comments of types that were asked for, the last ones. */
  private static final Map<String, Map<String, String>> READ =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, String>> eldest) {
          return size() > KEPT;
        }
      };

  private final Packages packages;
  private final Map<String, String> own;

  /**
   * Those that can be had.
   *
   * @param own the deployment's own sources by the names of their top types
   */
  JavaDocs(Packages packages, Map<String, String> own) {
    this.packages = packages;
    this.own = own;
  }

  Optional<String> of(ReferenceBinding type) {
    return comment(type, DocSource.type(nested(type)));
  }

  Optional<String> of(FieldBinding field) {
    return field.declaringClass == null
        ? Optional.empty()
        : comment(
            field.declaringClass,
            DocSource.field(nested(field.declaringClass), new String(field.name)));
  }

  Optional<String> of(MethodBinding method) {
    MethodBinding original = method.original();
    StringBuilder types = new StringBuilder();
    for (TypeBinding each : original.parameters) {
      types.append(types.isEmpty() ? "" : ",").append(each.erasure().sourceName());
    }
    String name =
        original.isConstructor()
            ? new String(original.declaringClass.sourceName())
            : new String(original.selector);
    return comment(
        original.declaringClass,
        DocSource.method(nested(original.declaringClass), name, types.toString()));
  }

  /** {@code Map.Entry}. */
  private static String nested(ReferenceBinding type) {
    return new String(((ReferenceBinding) type.erasure()).qualifiedSourceName());
  }

  private Optional<String> comment(ReferenceBinding type, String key) {
    if (type.kind() == Binding.TYPE_PARAMETER || type.isLocalType()) {
      return Optional.empty();
    }
    ReferenceBinding top = (ReferenceBinding) type.erasure();
    while (top.enclosingType() != null) {
      top = top.enclosingType();
    }
    String packageName =
        top.getPackage() == null ? "" : new String(top.getPackage().readableName());
    String name = (packageName.isEmpty() ? "" : packageName + ".") + new String(top.sourceName());
    String source = own.get(name);
    Map<String, String> comments =
        source == null ? foreign(packageName, name) : DocSource.comments(source);
    return Optional.ofNullable(comments.get(key));
  }

  private Map<String, String> foreign(String packageName, String name) {
    String key = name + " " + packages.find(packageName).map(each -> each.pin().toString());
    synchronized (READ) {
      Map<String, String> known = READ.get(key);
      if (known == null) {
        known = source(packageName, name).map(DocSource::comments).orElse(Map.of());
        READ.put(key, known);
      }
      return known;
    }
  }

  private Optional<String> source(String packageName, String name) {
    String path = name.replace('.', '/') + ".java";
    try {
      if (packageName.startsWith("java.")) {
        return platform(path);
      }
      Optional<ExportedPackage> exported = packages.find(packageName);
      if (exported.isPresent()) {
        try (InputStream in = exported.get().loader().getResourceAsStream(SOURCES + path)) {
          return in == null
              ? Optional.empty()
              : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      LOG.debug("The source of {} can't be read", name, e);
    }
    return Optional.empty();
  }

  private static Optional<String> platform(String path) throws IOException {
    Path zip = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    if (!Files.exists(zip)) {
      return Optional.empty();
    }
    String className = path.substring(0, path.length() - ".java".length()).replace('/', '.');
    Module module;
    try {
      module = Class.forName(className, false, ClassLoader.getSystemClassLoader()).getModule();
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
    try (ZipFile sources = new ZipFile(zip.toFile())) {
      ZipEntry entry = sources.getEntry(module.getName() + "/" + path);
      return entry == null
          ? Optional.empty()
          : Optional.of(
              new String(sources.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
