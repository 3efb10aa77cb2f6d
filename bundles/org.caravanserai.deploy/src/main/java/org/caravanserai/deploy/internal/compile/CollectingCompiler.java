package org.caravanserai.deploy.internal.compile;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;

/**
 * The Eclipse compiler for one compilation, which hands its classes over with their declarations.
 */
final class CollectingCompiler extends Compiler {

  private final ClassCollector collector;

  CollectingCompiler(INameEnvironment environment, ClassCollector collector) {
    super(
        environment,
        DefaultErrorHandlingPolicies.proceedWithAllProblems(),
        new QuietOptions(),
        collector,
        new DefaultProblemFactory(Locale.ENGLISH),
        new PrintWriter(Writer.nullWriter()),
        null);
    this.collector = collector;
  }

  /** Where doc comments stand costs nothing to keep; what is in them is not looked at. */
  @Override
  public void initializeParser() {
    super.initializeParser();
    parser.javadocParser.setJavadocPositions = true;
  }

  @Override
  public void process(CompilationUnitDeclaration unit, int index) {
    super.process(unit, index);
    collector.acceptClasses(unit);
  }
}
