package org.caravanserai.deploy.internal.compile;

import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;

/** Java 17, everything a debugger wants, errors only. */
final class QuietOptions extends CompilerOptions {

  QuietOptions() {
    sourceLevel = ClassFileConstants.JDK17;
    complianceLevel = ClassFileConstants.JDK17;
    targetJDK = ClassFileConstants.JDK17;
    produceDebugAttributes =
        ClassFileConstants.ATTR_SOURCE
            | ClassFileConstants.ATTR_LINES
            | ClassFileConstants.ATTR_VARS;
    produceMethodParameters = true;
    preserveAllLocalVariables = true;
    docCommentSupport = false;
    processAnnotations = false;
    maxProblemsPerUnit = 100;
    // Warnings reach nobody: an answer tells of a source that is live, or of errors.
    warningThreshold.clearAll();
  }
}
