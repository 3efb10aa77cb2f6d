package org.caravanserai.deploy.internal.compile;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Javadoc;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.parser.Parser;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;
import org.jspecify.annotations.Nullable;

/** The doc comments of a source, by what they stand before. */
public final class DocSource {

  private DocSource() {}

  /** The key of a type's comment. */
  public static String type(String type) {
    return type;
  }

  /** The key of a field's. */
  public static String field(String type, String name) {
    return type + "#" + name;
  }

  /**
   * The key of a method's, or of a constructor's.
   *
   * @param parameters the simple names of their erased types, divided by commas
   */
  public static String method(String type, String name, String parameters) {
    return type + "#" + name + "(" + parameters + ")";
  }

  /** All comments of a source, as far as it can be read. */
  public static Map<String, String> comments(String source) {
    QuietOptions options = new QuietOptions();
    Parser parser =
        new Parser(
            new ProblemReporter(
                DefaultErrorHandlingPolicies.proceedWithAllProblems(),
                options,
                new DefaultProblemFactory(Locale.ENGLISH)),
            false);
    parser.javadocParser.setJavadocPositions = true;
    SourceUnit unit = new SourceUnit("Source.java", source);
    CompilationUnitDeclaration parsed =
        parser.dietParse(unit, new CompilationResult(unit, 0, 1, options.maxProblemsPerUnit));
    Map<String, String> comments = new HashMap<>();
    collect("", parsed.types, source, comments);
    return comments;
  }

  private static void collect(
      String outer, TypeDeclaration @Nullable [] types, String source, Map<String, String> into) {
    if (types == null) {
      return;
    }
    for (TypeDeclaration type : types) {
      String name = (outer.isEmpty() ? "" : outer + ".") + new String(type.name);
      add(type(name), type.javadoc, source, into);
      if (type.fields != null) {
        for (FieldDeclaration each : type.fields) {
          if (each.name != null) {
            add(field(name, new String(each.name)), each.javadoc, source, into);
          }
        }
      }
      if (type.methods != null) {
        for (AbstractMethodDeclaration each : type.methods) {
          String key = method(name, new String(each.selector), parameters(each));
          add(key, each.javadoc, source, into);
        }
      }
      collect(name, type.memberTypes, source, into);
    }
  }

  private static String parameters(AbstractMethodDeclaration method) {
    StringBuilder types = new StringBuilder();
    if (method.arguments != null) {
      for (Argument each : method.arguments) {
        char[][] words = each.type.getTypeName();
        types.append(types.isEmpty() ? "" : ",").append(words[words.length - 1]);
        types.append("[]".repeat(each.type.dimensions()));
      }
    }
    return types.toString();
  }

  private static void add(
      String key, @Nullable Javadoc comment, String source, Map<String, String> into) {
    if (comment != null) {
      into.put(key, source.substring(comment.sourceStart, comment.sourceEnd + 1));
    }
  }
}
