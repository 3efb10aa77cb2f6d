package org.caravanserai.deploy.internal.compile;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles one Java 17 source at a time against the packages that its bundle will see. */
public final class JavaCompiler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JavaCompiler.class);

  private static final String EXPECTED =
      "expected a Java source with a public class that implements org.caravanserai.api.Service";

  private final JavaPlatform platform;
  private final Supplier<Packages> packages;
  private final int maxSourceSize;
  private final Duration timeLimit;
  private final TimeLimit limit;

  /**
   * Makes a compiler.
   *
   * @param packages the packages as they are at the moment of a compilation
   * @param maxSourceSize the greatest size of a source, in bytes
   * @param limit how long one compilation may take
   */
  public JavaCompiler(Supplier<Packages> packages, int maxSourceSize, Duration limit) {
    this(new JavaPlatform(), packages, maxSourceSize, limit);
  }

  private JavaCompiler(
      JavaPlatform platform, Supplier<Packages> packages, int maxSourceSize, Duration limit) {
    this.platform = platform;
    this.packages = packages;
    this.maxSourceSize = maxSourceSize;
    this.timeLimit = limit;
    this.limit = new TimeLimit("serai-compile", limit);
  }

  /** A second compiler, which works at the same time and shares what this one has read. */
  public JavaCompiler twin() {
    return new JavaCompiler(platform, packages, maxSourceSize, timeLimit);
  }

  /**
   * Compiles a source.
   *
   * @param name the deployment's name; diagnostics and stack traces call the file {@code NAME.java}
   * @param source the source, UTF-8
   * @throws RejectedException if it does not compile, says why and where
   */
  public CompiledSource compile(String name, byte[] source) throws RejectedException {
    String fileName = name + ".java";
    if (source.length > maxSourceSize) {
      throw rejected(
          fileName,
          "too large: " + source.length + " bytes, the limit is " + maxSourceSize + " bytes");
    }
    String text = SourceText.decode(fileName, source);
    SourceHead head = SourceHead.of(text);
    if (head.bare()) {
      throw rejected(fileName, "there is no type in it: " + EXPECTED);
    }
    if (JavaPlatform.covers(head.packageName() + ".")) {
      throw new RejectedException(
          Stage.COMPILE,
          head.packagePlace()
              .map(
                  line ->
                      Diagnostic.error(
                          fileName, line.line(), line.column(), "packages java.* are Java's own"))
              .orElseThrow());
    }
    try {
      return limit.run(() -> compile(fileName, text, head));
    } catch (TimeLimit.ExceededException e) {
      throw rejected(fileName, "the compiler did not come to an end within " + e.limit());
    } catch (StackOverflowError e) {
      throw rejected(fileName, "nested too deeply for the compiler");
    } catch (OutOfMemoryError e) {
      throw rejected(fileName, "too much for the compiler: it ran out of memory");
    } catch (RuntimeException e) {
      LOG.error("The compiler failed on {}", fileName, e);
      throw rejected(fileName, "the compiler can't cope with it: " + e);
    }
  }

  private CompiledSource compile(String fileName, String text, SourceHead head)
      throws RejectedException {
    Packages visible = packages.get();
    ClassCollector collector = new ClassCollector(fileName, text);
    Compiler compiler =
        new CollectingCompiler(new VisibleTypes(platform, visible, head.packageName()), collector);
    compiler.compile(new ICompilationUnit[] {new SourceUnit(fileName, text)});
    if (!collector.errors().isEmpty()) {
      throw new RejectedException(Stage.COMPILE, collector.errors());
    }
    if (collector.classes().stream().noneMatch(type -> isOrdinary(type.name()))) {
      throw rejected(fileName, "there is no type in it: " + EXPECTED);
    }
    return new CompiledSource(
        fileName,
        head,
        List.copyOf(collector.classes()),
        imports(collector.classes(), head.packageName(), visible));
  }

  private static boolean isOrdinary(String className) {
    return !className.endsWith("package-info") && !className.equals("module-info");
  }

  private static SortedMap<String, String> imports(
      List<CompiledClass> classes, String ownPackage, Packages visible) {
    SortedMap<String, String> imports = new TreeMap<>();
    for (CompiledClass each : classes) {
      for (String name : ClassReferences.packagesOf(each.bytes())) {
        if (!name.equals(ownPackage) && !JavaPlatform.covers(name)) {
          visible.find(name).ifPresent(found -> imports.put(name, found.version()));
        }
      }
    }
    return imports;
  }

  private static RejectedException rejected(String fileName, String message) {
    return new RejectedException(Stage.COMPILE, Diagnostic.error(fileName, 0, 0, message));
  }

  @Override
  public void close() {
    limit.close();
  }
}
