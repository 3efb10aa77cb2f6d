package org.caravanserai.deploy.internal.compile;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;

/**
 * Makes classes of whatever is deployed: one Java source, an archive of sources, or a jar of
 * compiled services.
 */
public final class DeploymentCompiler implements AutoCloseable {

  private final JavaCompiler compiler;
  private final Supplier<Packages> packages;
  private final int maxSize;

  /**
   * Makes one.
   *
   * @param maxSize the greatest size of a source, and of all files of an archive together, in bytes
   */
  public DeploymentCompiler(JavaCompiler compiler, Supplier<Packages> packages, int maxSize) {
    this.compiler = compiler;
    this.packages = packages;
    this.maxSize = maxSize;
  }

  /**
   * Makes classes.
   *
   * @param name the deployment's name
   * @param content a Java source (UTF-8), a zip file of sources, or a jar
   * @throws RejectedException if it does not compile or is none of these, says why and where
   */
  public Compiled compile(String name, byte[] content) throws RejectedException {
    if (!Archive.is(content)) {
      String fileName = name + ".java";
      checkSize(fileName, content);
      return compiler.compile(
          fileName,
          new SourceTree(List.of(SourceFile.of(fileName, content)), new TreeMap<>()),
          packages.get());
    }
    String fileName = name + ".zip";
    checkSize(fileName, content);
    SortedMap<String, byte[]> files = Archive.files(fileName, content, maxSize);
    if (files.keySet().stream().anyMatch(path -> path.endsWith(".java"))) {
      return compiler.compile(fileName, SourceTree.of(files), packages.get());
    }
    if (files.keySet().stream().anyMatch(path -> path.endsWith(".class"))) {
      return ServiceJar.read(name + ".jar", files, packages.get());
    }
    throw new RejectedException(
        Stage.COMPILE, Diagnostic.error(fileName, 0, 0, "has neither Java sources nor classes"));
  }

  /**
   * Looks at the size of a source.
   *
   * @param fileName its name in diagnostics
   * @throws RejectedException if it is larger than a source may be
   */
  public void checkSize(String fileName, byte[] content) throws RejectedException {
    if (content.length > maxSize) {
      throw new RejectedException(
          Stage.COMPILE,
          Diagnostic.error(
              fileName,
              0,
              0,
              String.format(
                  Locale.ROOT,
                  "too large: %d bytes, the limit is %d bytes",
                  content.length,
                  maxSize)));
    }
  }

  @Override
  public void close() {
    compiler.close();
  }
}
