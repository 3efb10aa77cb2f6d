package org.caravanserai.deploy.internal.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.runtime.DocComments;
import org.caravanserai.spi.Diagnostic;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.internal.compiler.ClassFile;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.ICompilerRequestor;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblem;
import org.jspecify.annotations.Nullable;

/** Takes over what comes out of the compiler while its own structures are still there. */
final class ClassCollector implements ICompilerRequestor {

  private static final char[][] SERVICE =
      Arrays.stream("org.caravanserai.api.Service".split("\\."))
          .map(String::toCharArray)
          .toArray(char[][]::new);

  private final Map<String, String> texts;
  private final List<CompiledClass> classes = new ArrayList<>();
  private final Map<String, String> comments = new HashMap<>();
  private final List<Diagnostic> errors = new ArrayList<>();

  /** For the sources with these names and texts. */
  ClassCollector(Map<String, String> texts) {
    this.texts = texts;
  }

  @Override
  public void acceptResult(CompilationResult result) {
    CategorizedProblem[] problems = result.getErrors();
    if (problems != null) {
      for (CategorizedProblem problem : problems) {
        errors.add(diagnostic(fileOf(result), problem));
      }
    }
  }

  /** Takes the classes; later the compiler has taken their declarations away. */
  void acceptClasses(CompilationUnitDeclaration unit) {
    CompilationResult result = unit.compilationResult;
    if (result.hasErrors()) {
      return;
    }
    String source = fileOf(result);
    String text = texts.getOrDefault(source, "");
    for (ClassFile file : result.getClassFiles()) {
      SourceTypeBinding type = file.referenceBinding;
      Place place = Place.of(text, type.sourceStart());
      String name = new String(file.fileName()).replace('/', '.');
      classes.add(
          new CompiledClass(
              name, file.getBytes(), source, place.line(), place.column(), isPublicService(type)));
    }
    SourceComments.collect(unit, text, comments);
  }

  private static String fileOf(CompilationResult result) {
    return new String(result.getFileName());
  }

  private static Diagnostic diagnostic(String fileName, CategorizedProblem problem) {
    int column = problem instanceof DefaultProblem place ? place.getSourceColumnNumber() : 0;
    return Diagnostic.error(
        fileName, Math.max(0, problem.getSourceLineNumber()), column, problem.getMessage());
  }

  private static boolean isPublicService(SourceTypeBinding type) {
    boolean standsAlone = !type.isNestedType() || (type.isMemberType() && type.isStatic());
    return standsAlone
        && type.isPublic()
        && !type.isAbstract()
        && !type.isInterface()
        && implementsService(type);
  }

  private static boolean implementsService(@Nullable ReferenceBinding type) {
    if (type == null) {
      return false;
    }
    if (Arrays.deepEquals(type.compoundName, SERVICE)) {
      return true;
    }
    for (ReferenceBinding each : type.superInterfaces()) {
      if (implementsService(each)) {
        return true;
      }
    }
    return implementsService(type.superclass());
  }

  /** The doc comments by the names of what they stand before, as {@link DocComments} has them. */
  Map<String, String> comments() {
    return comments;
  }

  List<CompiledClass> classes() {
    return classes;
  }

  /** In the order of their places. */
  List<Diagnostic> errors() {
    return errors.stream()
        .sorted(
            Comparator.comparing(Diagnostic::file)
                .thenComparingInt(Diagnostic::line)
                .thenComparingInt(Diagnostic::column))
        .toList();
  }
}
