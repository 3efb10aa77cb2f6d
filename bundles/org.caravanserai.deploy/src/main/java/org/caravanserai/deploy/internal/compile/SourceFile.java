package org.caravanserai.deploy.internal.compile;

import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;

/**
 * One Java source of a deployment.
 *
 * @param name its name in diagnostics and stack traces
 * @param text what it says
 * @param head its package and import declarations
 */
record SourceFile(String name, String text, SourceHead head) {

  /**
   * Reads a source.
   *
   * @throws RejectedException if it is no text, or in a package that is not its own to define
   */
  static SourceFile of(String name, byte[] content) throws RejectedException {
    String text = SourceText.decode(name, content);
    SourceHead head = SourceHead.of(text);
    if (JavaPlatform.covers(head.packageName() + ".")) {
      throw new RejectedException(
          Stage.COMPILE,
          head.packagePlace()
              .map(
                  line ->
                      Diagnostic.error(
                          name, line.line(), line.column(), "packages java.* are Java's own"))
              .orElseThrow());
    }
    return new SourceFile(name, text, head);
  }
}
