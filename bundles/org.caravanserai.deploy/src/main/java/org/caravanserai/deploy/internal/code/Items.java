package org.caravanserai.deploy.internal.code;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.caravanserai.deploy.CodeAssist.Item;
import org.caravanserai.runtime.DocComments;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.lookup.ArrayBinding;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.ClassScope;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.LocalVariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;

/** What may stand where something is being written, as far as it begins with what is written. */
final class Items {

  private static final int LIMIT = 200;

  /** As many as somebody looks at. */
  private static final int DOCUMENTED = 40;

  private final String prefix;
  private final JavaDocs docs;
  private final List<Ranked> all = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /** An item, how far it is from where it would stand, and its doc comment. */
  private record Ranked(Item item, int distance, Supplier<Optional<String>> comment) {}

  Items(String prefix, JavaDocs docs) {
    this.prefix = prefix;
    this.docs = docs;
  }

  /** The likeliest first: those near by, in the order of their names; the first with docs. */
  List<Item> list() {
    List<Ranked> found =
        all.stream()
            .sorted(
                Comparator.comparing((Ranked each) -> !each.item().label().startsWith(prefix))
                    .thenComparing(Ranked::distance)
                    .thenComparing(each -> each.item().label().toLowerCase(Locale.ROOT)))
            .limit(LIMIT)
            .toList();
    Map<String, String> comments = new HashMap<>();
    for (int i = 0; i < Math.min(DOCUMENTED, found.size()); i++) {
      String key = Integer.toString(i);
      found.get(i).comment().get().ifPresent(comment -> comments.put(key, comment));
    }
    Map<String, String> said = DocComments.markdown(comments);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Item item = found.get(i).item();
      items.add(
          new Item(
              item.label(),
              item.kind(),
              item.detail(),
              item.insert(),
              Optional.ofNullable(said.get(Integer.toString(i))),
              item.importName()));
    }
    return items;
  }

  private boolean begins(String name) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private void add(String key, int distance, Item item) {
    add(key, distance, item, Optional::empty);
  }

  private void add(String key, int distance, Item item, Supplier<Optional<String>> comment) {
    if (seen.add(key)) {
      all.add(new Ranked(item, distance, comment));
    }
  }

  void keywords(Collection<String> words) {
    for (String each : words) {
      if (begins(each)) {
        add(each, 9, new Item(each, "keyword", "", each, Optional.empty(), Optional.empty()));
      }
    }
  }

  void packageNamed(String name) {
    if (begins(name)) {
      add(name, 1, new Item(name, "package", "", name, Optional.empty(), Optional.empty()));
    }
  }

  /**
   * A type.
   *
   * @param isKnown whether it can be named without an import
   */
  void type(ReferenceBinding type, int distance, boolean isKnown) {
    String name = new String(type.sourceName());
    if (begins(name)) {
      String full = new String(type.readableName()).replaceAll("<.*", "");
      String owner =
          full.length() > name.length() ? full.substring(0, full.length() - name.length() - 1) : "";
      add(
          full,
          distance,
          new Item(
              name,
              Signatures.kind(type),
              owner,
              name,
              Optional.empty(),
              isKnown ? Optional.empty() : Optional.of(full)));
    }
  }

  /** The members of what stands before the dot. */
  void members(TypeBinding type, boolean isStatic, MessageSend mark, Scope scope) {
    if (type instanceof ArrayBinding && !isStatic) {
      String detail = "int";
      if (begins("length")) {
        add(
            "length",
            0,
            new Item("length", "field", detail, "length", Optional.empty(), Optional.empty()));
      }
      members(scope.getJavaLangObject(), false, mark, scope);
    } else if (type instanceof ReferenceBinding reference) {
      members(reference, reference, isStatic, mark, scope, 0, new HashSet<>());
      if (!isStatic && reference.isInterface()) {
        ReferenceBinding object = scope.getJavaLangObject();
        members(object, object, false, mark, scope, 8, new HashSet<>());
      }
      if (isStatic) {
        for (ReferenceBinding each : reference.memberTypes()) {
          if (each.canBeSeenBy(scope)) {
            type(each, 1, true);
          }
        }
        if (begins("class")) {
          keywords(List.of("class"));
        }
      }
    }
  }

  private void members(
      TypeBinding of,
      ReferenceBinding type,
      boolean isStatic,
      MessageSend mark,
      Scope scope,
      int distance,
      Set<TypeBinding> visited) {
    if (!visited.add(type.original())) {
      return;
    }
    int here = type.id == TypeIds.T_JavaLangObject ? 8 : distance;
    for (FieldBinding each : type.fields()) {
      if (each.isStatic() == isStatic && !each.isSynthetic() && each.canBeSeenBy(of, mark, scope)) {
        field(each, here);
      }
    }
    for (MethodBinding each : type.methods()) {
      boolean isMeant =
          !each.isConstructor()
              && !each.isSynthetic()
              && each.isStatic() == isStatic
              && !(isStatic && type.isInterface() && of != type);
      if (isMeant && each.canBeSeenBy(of, mark, scope)) {
        method(each, here);
      }
    }
    if (type.superclass() != null) {
      members(of, type.superclass(), isStatic, mark, scope, distance + 1, visited);
    }
    for (ReferenceBinding each : type.superInterfaces()) {
      members(of, each, isStatic, mark, scope, distance + 1, visited);
    }
  }

  private void field(FieldBinding field, int distance) {
    String name = new String(field.name);
    if (begins(name)) {
      String of = field.declaringClass == null ? "" : " - " + Signatures.of(field.declaringClass);
      add(
          name,
          distance,
          new Item(
              name,
              "field",
              Signatures.of(field.type) + of,
              name,
              Optional.empty(),
              Optional.empty()),
          () -> docs.of(field));
    }
  }

  private void method(MethodBinding method, int distance) {
    String name = new String(method.selector);
    if (begins(name) && !name.equals(Caret.MARK) && !name.startsWith("caravanserai$")) {
      String label = Signatures.call(method);
      add(
          name + new String(method.original().signature()).replaceAll("\\).*", ""),
          distance,
          new Item(
              label,
              "method",
              Signatures.of(method.returnType) + " - " + Signatures.of(method.declaringClass),
              name + "()",
              Optional.empty(),
              Optional.empty()),
          () -> docs.of(method));
    }
  }

  /** The variables that can be named at a place, and the members of the types around it. */
  void inScope(BlockScope place, MessageSend mark, int offset) {
    int distance = 0;
    for (Scope scope = place; scope != null; scope = scope.parent) {
      if (scope instanceof BlockScope block) {
        for (int i = 0; i < block.localIndex; i++) {
          LocalVariableBinding each = block.locals[i];
          boolean isBefore =
              each != null && (each.declaration == null || each.declaration.sourceEnd < offset);
          if (isBefore && begins(new String(each.name))) {
            String name = new String(each.name);
            add(
                name,
                distance,
                new Item(
                    name,
                    "variable",
                    Signatures.of(each.type),
                    name,
                    Optional.empty(),
                    Optional.empty()));
          }
        }
      } else if (scope instanceof ClassScope type && type.referenceContext.binding != null) {
        ReferenceBinding binding = type.referenceContext.binding;
        members(binding, binding, false, mark, place, distance + 1, new HashSet<>());
        members(binding, binding, true, mark, place, distance + 2, new HashSet<>());
        for (ReferenceBinding each : binding.memberTypes()) {
          type(each, distance + 2, true);
        }
        type(binding, distance + 3, true);
        distance += 3;
      }
    }
  }
}
