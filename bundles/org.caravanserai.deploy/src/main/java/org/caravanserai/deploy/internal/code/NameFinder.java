package org.caravanserai.deploy.internal.code;

import org.eclipse.jdt.internal.compiler.ASTVisitor;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.ast.LocalDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedQualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedSingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.ClassScope;
import org.eclipse.jdt.internal.compiler.lookup.CompilationUnitScope;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodScope;
import org.jspecify.annotations.Nullable;

/** Finds what a name at a place stands for. */
final class NameFinder extends ASTVisitor {

  private final int offset;

  /** The binding; {@code null} if nothing was found. */
  @Nullable Binding found;

  NameFinder(int offset) {
    this.offset = offset;
  }

  private boolean isAt(int start, int end) {
    return start <= offset && offset <= end;
  }

  private boolean isAt(long position) {
    return isAt((int) (position >>> 32), (int) position);
  }

  private void found(@Nullable Binding binding) {
    if (binding != null && binding.isValidBinding()) {
      found = binding;
    }
  }

  @Override
  public boolean visit(MessageSend send, BlockScope scope) {
    if (isAt(send.nameSourcePosition)) {
      found(send.binding);
    }
    return true;
  }

  @Override
  public boolean visit(ReferenceExpression reference, BlockScope scope) {
    if (isAt(reference.nameSourceStart(), reference.sourceEnd)) {
      found(reference.binding);
    }
    return true;
  }

  @Override
  public boolean visit(AllocationExpression allocation, BlockScope scope) {
    if (allocation.type != null && isAt(allocation.type.sourceStart, allocation.type.sourceEnd)) {
      found(allocation.binding);
      return found == null;
    }
    return true;
  }

  @Override
  public boolean visit(FieldReference reference, BlockScope scope) {
    if (isAt(reference.nameSourcePosition)) {
      found(reference.binding);
    }
    return true;
  }

  @Override
  public boolean visit(SingleNameReference reference, BlockScope scope) {
    if (isAt(reference.sourceStart, reference.sourceEnd)) {
      found(reference.binding);
    }
    return true;
  }

  @Override
  public boolean visit(QualifiedNameReference reference, BlockScope scope) {
    for (int i = 0; i < reference.sourcePositions.length; i++) {
      if (isAt(reference.sourcePositions[i])) {
        qualified(reference, i);
      }
    }
    return true;
  }

  /** Its first words are a variable or a type, those which follow are fields. */
  private void qualified(QualifiedNameReference reference, int word) {
    FieldBinding[] others = reference.otherBindings;
    int field = word - reference.indexOfFirstFieldBinding;
    if (field < 0) {
      found(reference.binding instanceof FieldBinding own ? own.declaringClass : reference.binding);
    } else if (field == 0) {
      found(reference.binding);
    } else if (others != null && field - 1 < others.length) {
      found(others[field - 1]);
    }
  }

  private void type(TypeReference reference) {
    if (isAt(reference.sourceStart, reference.sourceEnd) && reference.resolvedType != null) {
      found(reference.resolvedType.leafComponentType());
    }
  }

  @Override
  public boolean visit(SingleTypeReference reference, BlockScope scope) {
    type(reference);
    return true;
  }

  @Override
  public boolean visit(SingleTypeReference reference, ClassScope scope) {
    type(reference);
    return true;
  }

  @Override
  public boolean visit(QualifiedTypeReference reference, BlockScope scope) {
    type(reference);
    return true;
  }

  @Override
  public boolean visit(QualifiedTypeReference reference, ClassScope scope) {
    type(reference);
    return true;
  }

  @Override
  public boolean visit(ParameterizedSingleTypeReference reference, BlockScope scope) {
    parameterized(reference);
    return true;
  }

  @Override
  public boolean visit(ParameterizedSingleTypeReference reference, ClassScope scope) {
    parameterized(reference);
    return true;
  }

  private void parameterized(ParameterizedSingleTypeReference reference) {
    int end = reference.sourceStart + reference.token.length - 1;
    if (isAt(reference.sourceStart, end) && reference.resolvedType != null) {
      found(reference.resolvedType.leafComponentType());
    }
  }

  @Override
  public boolean visit(ParameterizedQualifiedTypeReference reference, BlockScope scope) {
    return true;
  }

  @Override
  public boolean visit(ImportReference reference, CompilationUnitScope scope) {
    if (isAt(reference.sourceStart, reference.sourceEnd) && scope.imports != null) {
      for (var each : scope.imports) {
        if (each.reference == reference) {
          found(each.getResolvedImport());
        }
      }
    }
    return true;
  }

  @Override
  public boolean visit(LocalDeclaration declaration, BlockScope scope) {
    if (isAt(declaration.sourceStart, declaration.sourceEnd)) {
      found(declaration.binding);
    }
    return true;
  }

  @Override
  public boolean visit(Argument argument, BlockScope scope) {
    if (isAt(argument.sourceStart, argument.sourceEnd)) {
      found(argument.binding);
    }
    return true;
  }

  @Override
  public boolean visit(FieldDeclaration declaration, MethodScope scope) {
    if (isAt(declaration.sourceStart, declaration.sourceEnd)) {
      found(declaration.binding);
    }
    return true;
  }

  @Override
  public boolean visit(MethodDeclaration declaration, ClassScope scope) {
    int end = declaration.sourceStart + declaration.selector.length - 1;
    if (isAt(declaration.sourceStart, end)) {
      found(declaration.binding);
    }
    return true;
  }

  @Override
  public boolean visit(TypeDeclaration declaration, CompilationUnitScope scope) {
    if (isAt(declaration.sourceStart, declaration.sourceEnd)) {
      found(declaration.binding);
    }
    return true;
  }

  @Override
  public boolean visit(TypeDeclaration declaration, ClassScope scope) {
    if (isAt(declaration.sourceStart, declaration.sourceEnd)) {
      found(declaration.binding);
    }
    return true;
  }
}
