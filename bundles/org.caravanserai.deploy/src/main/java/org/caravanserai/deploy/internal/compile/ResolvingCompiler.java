package org.caravanserai.deploy.internal.compile;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;

/**
 * The Eclipse compiler for a look at one source as far as it makes sense, among the others of its
 * deployment. It makes no classes.
 */
final class ResolvingCompiler extends Compiler {

  private final String fileName;
  private final Consumer<CompilationUnitDeclaration> visitor;

  /**
   * One look.
   *
   * @param fileName the source that is looked at
   * @param visitor gets it, with everything that is known of its names
   */
  ResolvingCompiler(
      INameEnvironment environment, String fileName, Consumer<CompilationUnitDeclaration> visitor) {
    super(
        environment,
        DefaultErrorHandlingPolicies.proceedWithAllProblems(),
        options(),
        result -> {},
        new DefaultProblemFactory(Locale.ENGLISH),
        new PrintWriter(Writer.nullWriter()),
        null);
    this.fileName = fileName;
    this.visitor = visitor;
  }

  private static QuietOptions options() {
    QuietOptions options = new QuietOptions();
    options.performMethodsFullRecovery = true;
    options.performStatementsRecovery = true;
    return options;
  }

  @Override
  public void process(CompilationUnitDeclaration unit, int index) {
    if (!Arrays.equals(unit.getFileName(), fileName.toCharArray())) {
      return;
    }
    parser.getMethodBodies(unit);
    if (unit.scope != null) {
      unit.scope.faultInTypes();
      unit.scope.verifyMethods(lookupEnvironment.methodVerifier());
      unit.resolve();
    }
    visitor.accept(unit);
  }
}
