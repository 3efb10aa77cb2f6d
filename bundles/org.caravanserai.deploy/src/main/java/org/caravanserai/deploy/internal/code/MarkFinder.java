package org.caravanserai.deploy.internal.code;

import java.util.Arrays;
import org.eclipse.jdt.internal.compiler.ASTVisitor;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.jspecify.annotations.Nullable;

/** Finds the call of {@link Caret#MARK}. */
final class MarkFinder extends ASTVisitor {

  private static final char[] MARK = Caret.MARK.toCharArray();

  @Nullable MessageSend found;
  @Nullable BlockScope scope;

  @Override
  public boolean visit(MessageSend send, BlockScope where) {
    if (Arrays.equals(send.selector, MARK) && (found == null || where != null)) {
      found = send;
      scope = where;
    }
    return true;
  }
}
