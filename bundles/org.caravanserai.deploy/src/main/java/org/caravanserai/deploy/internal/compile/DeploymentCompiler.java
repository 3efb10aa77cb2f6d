package org.caravanserai.deploy.internal.compile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.dependency.Dependencies;
import org.caravanserai.deploy.internal.dependency.MavenLibraries;
import org.caravanserai.deploy.internal.dependency.PrivateJars;
import org.caravanserai.spi.Diagnostic;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes classes of whatever is deployed: one Java source, an archive of sources, or a jar of
 * compiled services.
 */
public final class DeploymentCompiler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeploymentCompiler.class);

  private final JavaCompiler compiler;
  private final JavaCompiler checker;
  private final Supplier<Packages> packages;
  private final int maxSize;
  private final DependencyLines dependencies;

  /**
   * Makes one for sources that ask Maven repositories for nothing; one that does is refused.
   *
   * @param maxSize the greatest size of a source, and of all files of an archive together, in bytes
   */
  public DeploymentCompiler(JavaCompiler compiler, Supplier<Packages> packages, int maxSize) {
    this(
        compiler,
        packages,
        maxSize,
        new MavenLibraries(new PrivateJars(Path.of("")), Optional::empty));
  }

  /**
   * Makes one.
   *
   * @param maxSize the greatest size of a source, and of all files of an archive together, in bytes
   * @param libraries what sources may ask for
   */
  public DeploymentCompiler(
      JavaCompiler compiler, Supplier<Packages> packages, int maxSize, MavenLibraries libraries) {
    this.dependencies = new DependencyLines(libraries);
    this.compiler = compiler;
    this.checker = compiler.beside();
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
    return compile(compiler, name, content);
  }

  /**
   * Looks whether sources compile, while others may be compiled to be deployed.
   *
   * @throws RejectedException if they do not, says why and where
   */
  public void check(String name, byte[] content) throws RejectedException {
    Compiled unused = compile(checker, name, content);
  }

  /**
   * Looks at a source as far as it makes sense, while others may be compiled to be deployed.
   *
   * @param name the deployment's name
   * @param content a Java source, or a zip file of sources
   * @param file the path of the source in the zip file
   * @param visitor gets it, with everything that is known of its names
   * @throws RejectedException if the compiler can't cope with it
   */
  public void look(
      String name, byte[] content, String file, Consumer<CompilationUnitDeclaration> visitor)
      throws RejectedException {
    checkSize(name, content);
    boolean isArchive = Archive.is(content);
    SourceTree tree =
        isArchive
            ? SourceTree.of(Archive.files(name, content, maxSize))
            : single(name + ".java", content);
    Dependencies found = Dependencies.NONE;
    try {
      found = dependencies.of(tree);
    } catch (RejectedException e) {
      LOG.trace("{} is looked at without its libraries", name, e);
    }
    checker.resolve(
        isArchive ? file : name + ".java",
        tree,
        packages.get(),
        dependencies.types(name, found),
        visitor);
  }

  /** The packages that sources see as things are now. */
  public Packages packages() {
    return packages.get();
  }

  private Compiled compile(JavaCompiler by, String name, byte[] content) throws RejectedException {
    if (!Archive.is(content)) {
      String fileName = name + ".java";
      checkSize(fileName, content);
      return compile(by, fileName, single(fileName, content));
    }
    String fileName = name + ".zip";
    checkSize(fileName, content);
    SortedMap<String, byte[]> files = Archive.files(fileName, content, maxSize);
    if (files.keySet().stream().anyMatch(path -> path.endsWith(".java"))) {
      return compile(by, fileName, SourceTree.of(files));
    }
    if (files.keySet().stream().anyMatch(path -> path.endsWith(".class"))) {
      return ServiceJar.read(name + ".jar", files, packages.get());
    }
    throw new RejectedException(
        Stage.COMPILE, Diagnostic.error(fileName, 0, 0, "has neither Java sources nor classes"));
  }

  private static SourceTree single(String fileName, byte[] content) throws RejectedException {
    return new SourceTree(List.of(SourceFile.of(fileName, content)), new TreeMap<>());
  }

  private Compiled compile(JavaCompiler by, String fileName, SourceTree tree)
      throws RejectedException {
    Dependencies found = dependencies.of(tree);
    return by.compile(fileName, tree, packages.get(), found, dependencies.types(fileName, found));
  }

  /**
   * Fetches the libraries that sources ask for, so that {@link #compile} need not wait for
   * repositories. What is wrong is told by that.
   *
   * @param anew also if they are known
   */
  public void fetch(String name, byte[] content, boolean anew) {
    try {
      if (content.length > maxSize) {
        return;
      }
      if (Archive.is(content)) {
        dependencies.fetch(SourceTree.of(Archive.files(name, content, maxSize)), anew);
      } else if (new String(content, StandardCharsets.UTF_8).contains(DependencyLine.MARK)) {
        dependencies.fetch(single(name, content), anew);
      }
    } catch (RejectedException e) {
      LOG.trace("{} is refused when it is compiled", name, e);
    }
  }

  /**
   * Keeps what a revision has from repositories.
   *
   * @throws IOException if it can't be stored
   */
  public void pin(String name, int revision, Compiled compiled) throws IOException {
    if (!compiled.dependencies().artifacts().isEmpty()) {
      dependencies.jars().pin(name, revision, compiled.dependencies());
    }
  }

  /**
   * What a revision has from repositories is what its source gets from now on.
   *
   * @throws IOException if it can't be read
   */
  public void remember(String name, int revision) throws IOException {
    dependencies.remember(dependencies.jars().pinned(name, revision));
  }

  /**
   * Deletes what is kept for no revision any more.
   *
   * @param kept whether a revision of a deployment is kept
   * @param before what came later stays as well
   * @throws IOException if something can't be deleted
   */
  public void retainLibraries(BiPredicate<String, Integer> kept, Instant before)
      throws IOException {
    if (!dependencies.jars().isEmpty()) {
      dependencies.jars().retain(kept, before);
    }
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
    checker.close();
  }
}
