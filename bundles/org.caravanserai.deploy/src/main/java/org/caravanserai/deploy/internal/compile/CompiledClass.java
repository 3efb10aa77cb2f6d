package org.caravanserai.deploy.internal.compile;

/**
 * A class that came out of a compilation.
 *
 * @param name its binary name, such as {@code com.acme.Hello$Request}
 * @param bytes its class file
 * @param line the line of its declaration, from 1
 * @param column the column of its name, from 1
 * @param service whether it is a public, concrete class that implements {@code
 *     org.caravanserai.api.Service}
 */
public record CompiledClass(String name, byte[] bytes, int line, int column, boolean service) {}
