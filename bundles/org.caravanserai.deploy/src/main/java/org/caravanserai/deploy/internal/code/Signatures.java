package org.caravanserai.deploy.internal.code;

import java.util.StringJoiner;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.LocalVariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** Declarations in one line, as people write them. */
final class Signatures {

  private Signatures() {}

  /** A type without its packages. */
  static String of(@Nullable TypeBinding type) {
    return type == null ? "?" : new String(type.shortReadableName());
  }

  /** {@code handle(String input, Context context)}. */
  static String call(MethodBinding method) {
    StringJoiner parameters = new StringJoiner(", ", "(", ")");
    char[][] names = names(method);
    for (int i = 0; i < method.parameters.length; i++) {
      String type = of(method.parameters[i]);
      if (method.isVarargs() && i == method.parameters.length - 1 && type.endsWith("[]")) {
        type = type.substring(0, type.length() - 2) + "...";
      }
      boolean isNamed = names.length == method.parameters.length;
      parameters.add(isNamed ? type + " " + new String(names[i]) : type);
    }
    String name = method.isConstructor() ? of(method.declaringClass) : new String(method.selector);
    return name + parameters;
  }

  private static char[][] names(MethodBinding method) {
    MethodBinding original = method.original();
    AbstractMethodDeclaration source = original.sourceMethod();
    if (source != null && source.arguments != null) {
      char[][] names = new char[source.arguments.length][];
      for (int i = 0; i < names.length; i++) {
        names[i] = source.arguments[i].name;
      }
      return names;
    }
    return original.parameterNames == null ? new char[0][] : original.parameterNames;
  }

  /** {@code String Context.cid()}. */
  static String of(MethodBinding method) {
    String call = of(method.declaringClass) + "." + call(method);
    if (method.isConstructor()) {
      call = "new " + call(method);
    }
    String text = method.isConstructor() ? call : of(method.returnType) + " " + call;
    StringJoiner thrown = new StringJoiner(", ", " throws ", "");
    for (ReferenceBinding each : method.thrownExceptions) {
      thrown.add(of(each));
    }
    return method.thrownExceptions.length == 0 ? text : text + thrown;
  }

  static String of(FieldBinding field) {
    String of = field.declaringClass == null ? "" : of(field.declaringClass) + ".";
    return of(field.type) + " " + of + new String(field.name);
  }

  static String of(LocalVariableBinding variable) {
    return of(variable.type) + " " + new String(variable.name);
  }

  /** {@code interface org.caravanserai.api.Context}. */
  static String declaration(ReferenceBinding type) {
    return kind(type) + " " + new String(type.readableName());
  }

  /** What sort of type it is. */
  static String kind(ReferenceBinding type) {
    if (type.isAnnotationType()) {
      return "annotation";
    }
    if (type.isRecord()) {
      return "record";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isInterface() ? "interface" : "class";
  }
}
