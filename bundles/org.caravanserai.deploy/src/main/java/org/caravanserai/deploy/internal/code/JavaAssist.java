package org.caravanserai.deploy.internal.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.caravanserai.deploy.CodeAssist;
import org.caravanserai.deploy.FileRefusedException;
import org.caravanserai.deploy.internal.code.Tokens.Token;
import org.caravanserai.deploy.internal.compile.DeploymentCompiler;
import org.caravanserai.deploy.internal.compile.Packages;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.files.EditedFiles;
import org.caravanserai.deploy.internal.files.EditedFiles.Draft;
import org.caravanserai.runtime.DocComments;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.CompilationUnitScope;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.LocalVariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completion and hover for Java sources, by the compiler that deploys them. */
public final class JavaAssist implements CodeAssist {

  private static final Logger LOG = LoggerFactory.getLogger(JavaAssist.class);

  private static final int TYPES = 60;

  private static final List<String> STATEMENTS =
      List.of(
          "break",
          "case",
          "catch",
          "continue",
          "do",
          "else",
          "false",
          "finally",
          "for",
          "if",
          "instanceof",
          "new",
          "null",
          "return",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "true",
          "try",
          "var",
          "while",
          "boolean",
          "byte",
          "char",
          "double",
          "final",
          "float",
          "int",
          "long",
          "short");

  private static final List<String> MEMBERS =
      List.of(
          "abstract",
          "boolean",
          "byte",
          "char",
          "class",
          "double",
          "enum",
          "extends",
          "final",
          "float",
          "implements",
          "import",
          "int",
          "interface",
          "long",
          "package",
          "private",
          "protected",
          "public",
          "record",
          "short",
          "static",
          "throws",
          "void");

  private final DeploymentCompiler compiler;
  private final EditedFiles files;
  private @Nullable TypeIndex index;
  private @Nullable Packages indexed;

  /** Looks at sources as that compiler does. */
  public JavaAssist(DeploymentCompiler compiler, EditedFiles files) {
    this.compiler = compiler;
    this.files = files;
  }

  private synchronized TypeIndex index() {
    Packages now = compiler.packages();
    TypeIndex known = index;
    if (known == null || indexed != now) {
      known = new TypeIndex(now);
      index = known;
      indexed = now;
    }
    return known;
  }

  @Override
  public Completions complete(String path, String text, int offset) throws FileRefusedException {
    Caret caret = new Caret(text, offset);
    JavaDocs docs = new JavaDocs(compiler.packages(), own(text));
    Items items = new Items(caret.prefix(), docs);
    switch (caret.kind()) {
      case NOTHING -> {
        return Completions.none(offset);
      }
      case IMPORT -> imports(caret.importQualifier(), items, path, text);
      case MEMBER -> look(path, caret.marked(), unit -> members(unit, caret, items));
      case ANNOTATION -> look(path, caret.marked(), unit -> types(unit, caret, items, true));
      case TYPE -> {
        if (!caret.isInBody()) {
          items.keywords(MEMBERS);
        }
        look(path, caret.marked(), unit -> types(unit, caret, items, false));
      }
      case NAME -> {
        items.keywords(STATEMENTS);
        look(path, caret.marked(), unit -> names(unit, caret, items));
      }
    }
    return new Completions(caret.from(), offset, items.list());
  }

  private static Map<String, String> own(String text) {
    Map<String, String> own = new HashMap<>();
    String packageName = "";
    List<Token> tokens = Tokens.of(text);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("package")) {
        StringBuilder name = new StringBuilder();
        for (int j = i + 1; j < tokens.size() && !tokens.get(j).is(";"); j++) {
          name.append(tokens.get(j).text());
        }
        packageName = name + ".";
      }
      boolean isType =
          tokens.get(i).is("class")
              || tokens.get(i).is("interface")
              || tokens.get(i).is("record")
              || tokens.get(i).is("enum");
      if (isType && tokens.get(i + 1).isIdentifier()) {
        own.put(packageName + tokens.get(i + 1).text(), text);
      }
    }
    return own;
  }

  private void look(String path, String text, Consumer<CompilationUnitDeclaration> visitor)
      throws FileRefusedException {
    try {
      Draft draft = files.draft(path, text.getBytes(StandardCharsets.UTF_8));
      compiler.look(draft.deployment(), draft.source(), draft.file(), visitor);
    } catch (RejectedException e) {
      LOG.debug("{} can't be looked at", path, e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  private void imports(String qualifier, Items items, String path, String text)
      throws FileRefusedException {
    String name = qualifier.endsWith(".") ? qualifier.substring(0, qualifier.length() - 1) : "";
    index().packagesBelow(name).forEach(items::packageNamed);
    if (!name.isEmpty()) {
      look(path, text, unit -> typesOf(name, unit.scope, items));
    }
  }

  private void typesOf(String packageName, CompilationUnitScope scope, Items items) {
    for (String each : index().types(packageName)) {
      publicType(packageName + "." + each, scope).ifPresent(type -> items.type(type, 2, true));
    }
  }

  private static Optional<ReferenceBinding> publicType(String name, CompilationUnitScope scope) {
    String[] words = name.split("\\.", -1);
    char[][] compound = new char[words.length][];
    for (int i = 0; i < words.length; i++) {
      compound[i] = words[i].toCharArray();
    }
    return Optional.ofNullable(scope.environment().getType(compound))
        .filter(type -> type.isValidBinding() && type.isPublic());
  }

  private void members(CompilationUnitDeclaration unit, Caret caret, Items items) {
    MarkFinder finder = new MarkFinder();
    unit.traverse(finder, unit.scope);
    MessageSend mark = finder.found;
    BlockScope scope = finder.scope;
    TypeBinding type = null;
    if (mark != null && scope != null) {
      Expression receiver = mark.receiver;
      boolean isStatic =
          receiver instanceof NameReference name
              && name.binding instanceof TypeBinding
              && name.binding.isValidBinding();
      type = receiver.resolvedType;
      if (type != null && type.isValidBinding()) {
        items.members(type, isStatic && caret.isInBody(), mark, scope);
        if (isStatic && !caret.isInBody()) {
          nested(type, items);
        }
      } else if (isStatic && receiver instanceof NameReference name) {
        type = (TypeBinding) name.binding;
        items.members(type, true, mark, scope);
      }
    }
    String qualifier = caret.qualifier();
    if ((type == null || !type.isValidBinding()) && !qualifier.isEmpty()) {
      index().packagesBelow(qualifier).forEach(items::packageNamed);
      typesOf(qualifier, unit.scope, items);
    }
  }

  private static void nested(TypeBinding type, Items items) {
    if (type instanceof ReferenceBinding reference) {
      for (ReferenceBinding each : reference.memberTypes()) {
        items.type(each, 1, true);
      }
    }
  }

  private void names(CompilationUnitDeclaration unit, Caret caret, Items items) {
    MarkFinder finder = new MarkFinder();
    unit.traverse(finder, unit.scope);
    if (finder.found != null && finder.scope != null) {
      items.inScope(finder.scope, finder.found, caret.from());
    }
    if (!caret.prefix().isEmpty()) {
      types(unit, caret, items, false);
    }
  }

  /** The types that can be named, and those which can be imported. */
  private void types(
      CompilationUnitDeclaration unit, Caret caret, Items items, boolean onlyAnnotations) {
    Set<String> known = new HashSet<>();
    Set<String> packages = new HashSet<>();
    packages.add("java.lang");
    if (unit.currentPackage != null) {
      packages.add(String.join(".", words(unit.currentPackage.tokens)));
    }
    if (unit.imports != null) {
      for (var each : unit.imports) {
        String name = String.join(".", words(each.tokens));
        boolean isAll = (each.bits & ASTNode.OnDemand) != 0;
        (isAll ? packages : known).add(name);
      }
    }
    if (unit.types != null) {
      for (TypeDeclaration each : unit.types) {
        if (each.binding != null) {
          own(each.binding, items, onlyAnnotations);
        }
      }
    }
    if (caret.prefix().isEmpty() && !onlyAnnotations) {
      return;
    }
    int limit = onlyAnnotations ? 20 * TYPES : 4 * TYPES;
    int count = 0;
    List<String> found = new ArrayList<>(index().startingWith(caret.prefix(), limit));
    found.sort((a, b) -> Integer.compare(rank(a, known, packages), rank(b, known, packages)));
    for (String each : found) {
      Optional<ReferenceBinding> type = publicType(each, unit.scope);
      if (type.isPresent() && (!onlyAnnotations || type.get().isAnnotationType())) {
        int rank = rank(each, known, packages);
        items.type(type.get(), 10 + rank, rank == 0);
        count++;
      }
      if (count >= TYPES) {
        return;
      }
    }
  }

  private static void own(ReferenceBinding type, Items items, boolean onlyAnnotations) {
    if (!onlyAnnotations || type.isAnnotationType()) {
      items.type(type, 5, true);
    }
    for (ReferenceBinding each : type.memberTypes()) {
      own(each, items, onlyAnnotations);
    }
  }

  private static int rank(String name, Set<String> known, Set<String> packages) {
    String packageName = name.substring(0, name.lastIndexOf('.'));
    if (known.contains(name) || packages.contains(packageName)) {
      return 0;
    }
    if (packageName.equals("org.caravanserai.api")) {
      return 1;
    }
    if (packageName.equals("java.util") || packageName.equals("java.time")) {
      return 2;
    }
    return packageName.startsWith("java.awt") || packageName.startsWith("java.beans") ? 9 : 5;
  }

  private static List<String> words(char[][] tokens) {
    List<String> words = new ArrayList<>();
    for (char[] each : tokens) {
      words.add(new String(each));
    }
    return words;
  }

  @Override
  public Optional<Hover> hover(String path, String text, int offset) throws FileRefusedException {
    Optional<Token> name =
        Tokens.of(text).stream()
            .filter(each -> each.isIdentifier() && each.start() <= offset && offset < each.end())
            .findFirst();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    JavaDocs docs = new JavaDocs(compiler.packages(), own(text));
    NameFinder finder = new NameFinder(name.get().start());
    List<Hover> found = new ArrayList<>();
    look(
        path,
        text,
        unit -> {
          unit.traverse(finder, unit.scope);
          if (finder.found != null) {
            found.add(hover(name.get(), finder.found, docs));
          }
        });
    return found.stream().findFirst();
  }

  private static Hover hover(Token name, Binding binding, JavaDocs docs) {
    String signature = new String(binding.readableName());
    Optional<String> comment = Optional.empty();
    if (binding instanceof MethodBinding method) {
      signature = Signatures.of(method);
      comment = docs.of(method);
    } else if (binding instanceof FieldBinding field) {
      signature = Signatures.of(field);
      comment = docs.of(field);
    } else if (binding instanceof LocalVariableBinding variable) {
      signature = Signatures.of(variable);
    } else if (binding instanceof ReferenceBinding type) {
      signature = Signatures.declaration(type);
      comment = docs.of(type);
    }
    Map<String, String> said =
        comment.map(each -> DocComments.markdown(Map.of("", each))).orElse(Map.of());
    return new Hover(name.start(), name.end(), signature, Optional.ofNullable(said.get("")));
  }
}
