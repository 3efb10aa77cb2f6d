package org.caravanserai.maven;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The doc comments of types, and of the constants of enums, in the form in which a server reads
 * them from a jar: a JSON object of texts by the binary names of classes, and {@code
 * CLASS#CONSTANT}.
 */
final class DocComments extends TreePathScanner<@Nullable Void, String> {

  /** Where they lie in a jar. */
  static final String PATH = "META-INF/serai/doc-comments.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Trees trees;
  private final Map<String, String> comments = new TreeMap<>();

  private DocComments(Trees trees) {
    this.trees = trees;
  }

  /**
   * Writes those of sources beside their classes; no file if there are none.
   *
   * @param task reads the sources, and has not done anything yet
   * @param classes the folder of the classes
   */
  static void write(JavacTask task, Path classes) throws IOException {
    DocComments found = new DocComments(Trees.instance(task));
    for (CompilationUnitTree unit : task.parse()) {
      ExpressionTree name = unit.getPackageName();
      found.scan(unit, name == null ? "" : name + ".");
    }
    Path file = classes.resolve(PATH);
    if (found.comments.isEmpty()) {
      boolean unused = Files.deleteIfExists(file);
    } else {
      Files.createDirectories(file.getParent());
      JSON.writeValue(file.toFile(), found.comments);
    }
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, String outer) {
    String name = outer + type.getSimpleName();
    add(name);
    for (Tree member : type.getMembers()) {
      if (member instanceof VariableTree field
          && type.getKind() == Tree.Kind.ENUM
          && isConstant(field, type)) {
        scan(member, name + "#" + field.getName());
      } else if (member instanceof ClassTree) {
        scan(member, name + "$");
      }
    }
    return null;
  }

  /** No field of an enum but its constants is made anew: the language forbids it. */
  private static boolean isConstant(VariableTree field, ClassTree type) {
    return field.getInitializer() instanceof NewClassTree made
        && made.getIdentifier() instanceof IdentifierTree name
        && name.getName().contentEquals(type.getSimpleName());
  }

  @Override
  public @Nullable Void visitVariable(VariableTree field, String name) {
    add(name);
    return null;
  }

  /** What is declared in methods is nobody's input. */
  @Override
  public @Nullable Void visitMethod(MethodTree method, String name) {
    return null;
  }

  private void add(String name) {
    String comment = trees.getDocComment(getCurrentPath());
    if (comment != null) {
      comments.put(name, "/** " + comment + "*/");
    }
  }
}
