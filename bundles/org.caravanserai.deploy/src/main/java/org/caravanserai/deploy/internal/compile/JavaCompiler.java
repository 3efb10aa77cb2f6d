package org.caravanserai.deploy.internal.compile;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.dependency.Dependencies;
import org.caravanserai.runtime.DocComments;
import org.caravanserai.spi.Diagnostic;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles the Java 17 sources of one deployment at a time. */
public final class JavaCompiler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JavaCompiler.class);

  private static final String EXPECTED =
      "expected a Java source with a public class that implements org.caravanserai.api.Service";

  private final JavaPlatform platform;
  private final TimeLimit limit;

  /**
   * Makes a compiler.
   *
   * @param limit how long one compilation may take
   */
  public JavaCompiler(Duration limit) {
    this(new JavaPlatform(), new TimeLimit("serai-compile", limit));
  }

  private JavaCompiler(JavaPlatform platform, TimeLimit limit) {
    this.platform = platform;
    this.limit = limit;
  }

  /** Another one with a thread of its own, for those who must not keep deployments waiting. */
  JavaCompiler beside() {
    return new JavaCompiler(platform, limit.beside("serai-edit"));
  }

  /**
   * Compiles sources.
   *
   * @param fileName the deployment's name in diagnostics that concern no source in particular
   * @param visible the packages that its bundle will see
   * @param dependencies the libraries that it has for itself
   * @param libraries what it sees of them
   * @throws RejectedException if they do not compile, says why and where
   */
  Compiled compile(
      String fileName,
      SourceTree tree,
      Packages visible,
      Dependencies dependencies,
      LibraryTypes libraries)
      throws RejectedException {
    if (tree.sources().stream().allMatch(source -> source.head().bare())) {
      throw rejected(fileName, "there is no type in it: " + EXPECTED);
    }
    try {
      return limit.run(() -> compileNow(fileName, tree, visible, dependencies, libraries));
    } catch (TimeLimit.ExceededException e) {
      throw rejected(fileName, "the compiler did not come to an end within " + e.limit());
    } catch (StackOverflowError e) {
      throw rejected(fileName, "nested too deeply for the compiler");
    } catch (OutOfMemoryError e) {
      throw rejected(fileName, "too much for the compiler: it ran out of memory");
    } catch (RuntimeException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw rejected(fileName, "the server stops");
      }
      LOG.error("The compiler failed on {}", fileName, e);
      throw rejected(fileName, "the compiler can't cope with it: " + e);
    }
  }

  private Compiled compileNow(
      String fileName,
      SourceTree tree,
      Packages visible,
      Dependencies dependencies,
      LibraryTypes libraries)
      throws RejectedException {
    Set<String> ownPackages = new HashSet<>();
    Map<String, String> texts = new HashMap<>();
    for (SourceFile each : tree.sources()) {
      ownPackages.add(each.head().packageName());
      texts.put(each.name(), each.text());
    }
    ClassCollector collector = new ClassCollector(texts);
    Compiler compiler =
        new CollectingCompiler(
            new VisibleTypes(platform, visible, ownPackages, libraries), collector);
    compiler.compile(
        tree.sources().stream()
            .map(each -> new SourceUnit(each.name(), each.text()))
            .toArray(ICompilationUnit[]::new));
    if (!collector.errors().isEmpty()) {
      throw new RejectedException(Stage.COMPILE, collector.errors());
    }
    if (collector.classes().stream().noneMatch(type -> isOrdinary(type.name()))) {
      throw rejected(fileName, "there is no type in it: " + EXPECTED);
    }
    List<CompiledClass> classes = List.copyOf(collector.classes());
    SortedMap<String, PackagePin> imports = Imports.of(classes, visible, libraries);
    return new Compiled(
        fileName,
        classes,
        imports,
        places(tree.sources(), imports.keySet()),
        resources(tree, collector.comments()),
        dependencies);
  }

  /**
   * Looks at a source as far as it makes sense.
   *
   * @param fileName the name of the source in the tree
   * @param visitor gets it, with everything that is known of its names
   * @throws RejectedException if the compiler can't cope with it
   */
  void resolve(
      String fileName,
      SourceTree tree,
      Packages visible,
      LibraryTypes libraries,
      Consumer<CompilationUnitDeclaration> visitor)
      throws RejectedException {
    Set<String> ownPackages = new HashSet<>();
    tree.sources().forEach(each -> ownPackages.add(each.head().packageName()));
    try {
      limit.run(
          () -> {
            new ResolvingCompiler(
                    new VisibleTypes(platform, visible, ownPackages, libraries), fileName, visitor)
                .compile(
                    tree.sources().stream()
                        .map(each -> new SourceUnit(each.name(), each.text()))
                        .toArray(ICompilationUnit[]::new));
            return fileName;
          });
    } catch (TimeLimit.ExceededException e) {
      throw rejected(fileName, "the compiler did not come to an end within " + e.limit());
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw rejected(fileName, "too much for the compiler");
    } catch (RuntimeException e) {
      LOG.debug("The compiler failed on {}", fileName, e);
      throw rejected(fileName, "the compiler can't cope with it: " + e);
    }
  }

  /** Its own, and what is said of its services, which a service's docs are made of. */
  private static SortedMap<String, byte[]> resources(
      SourceTree tree, Map<String, String> comments) {
    if (comments.isEmpty()) {
      return tree.resources();
    }
    SortedMap<String, byte[]> resources = new TreeMap<>(tree.resources());
    resources.put(DocComments.PATH, new DocComments(comments).bytes());
    return resources;
  }

  private static boolean isOrdinary(String className) {
    return !className.endsWith("package-info") && !className.equals("module-info");
  }

  private static Map<String, ImportPlace> places(List<SourceFile> sources, Set<String> packages) {
    Map<String, ImportPlace> places = new HashMap<>();
    for (String name : packages) {
      for (SourceFile source : sources) {
        source
            .head()
            .importOf(name)
            .ifPresent(
                line ->
                    places.putIfAbsent(
                        name, new ImportPlace(source.name(), line.line(), line.column())));
      }
    }
    return places;
  }

  private static RejectedException rejected(String fileName, String message) {
    return new RejectedException(Stage.COMPILE, Diagnostic.error(fileName, 0, 0, message));
  }

  @Override
  public void close() {
    limit.close();
  }
}
