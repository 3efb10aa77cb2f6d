package org.caravanserai.deploy.internal.compile;

import java.util.Map;
import org.eclipse.jdt.internal.compiler.ast.AbstractVariableDeclaration;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Javadoc;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.jspecify.annotations.Nullable;

/** Takes the doc comments of types, and of the constants of enums, out of a source. */
final class SourceComments {

  private SourceComments() {}

  /**
   * Takes them.
   *
   * @param unit the source, as the compiler has read it
   * @param text the same as text
   * @param comments where they are put, by the names that {@link
   *     org.caravanserai.runtime.DocComments} has for them
   */
  static void collect(CompilationUnitDeclaration unit, String text, Map<String, String> comments) {
    collect(unit.types, text, comments);
  }

  private static void collect(
      TypeDeclaration @Nullable [] types, String text, Map<String, String> comments) {
    if (types == null) {
      return;
    }
    for (TypeDeclaration type : types) {
      SourceTypeBinding binding = type.binding;
      if (binding == null) {
        continue;
      }
      String name = new String(binding.constantPoolName()).replace('/', '.');
      add(name, type.javadoc, text, comments);
      if (TypeDeclaration.kind(type.modifiers) == TypeDeclaration.ENUM_DECL
          && type.fields != null) {
        for (FieldDeclaration field : type.fields) {
          if (field.getKind() == AbstractVariableDeclaration.ENUM_CONSTANT) {
            add(name + "#" + new String(field.name), field.javadoc, text, comments);
          }
        }
      }
      collect(type.memberTypes, text, comments);
    }
  }

  private static void add(
      String name, @Nullable Javadoc comment, String text, Map<String, String> comments) {
    if (comment != null) {
      comments.put(name, text.substring(comment.sourceStart, comment.sourceEnd + 1));
    }
  }
}
