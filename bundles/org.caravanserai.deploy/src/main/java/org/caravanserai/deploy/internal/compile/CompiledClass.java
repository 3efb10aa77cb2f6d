package org.caravanserai.deploy.internal.compile;

/**
 * A class of a deployment.
 *
 * @param name its binary name, such as {@code com.acme.Hello$Request}
 * @param bytes its class file
 * @param file the name of its source in diagnostics
 * @param line the line of its declaration, from 1; 0 if it is not known
 * @param column the column of its name, from 1; 0 if it is not known
 * @param service whether it is a public, concrete class that implements {@code
 *     org.caravanserai.api.Service}
 */
public record CompiledClass(
    String name, byte[] bytes, String file, int line, int column, boolean service) {

  /** The path of its class file among the entries of a bundle. */
  public String path() {
    return name.replace('.', '/') + ".class";
  }
}
