package org.caravanserai.deploy.internal.compile;

/**
 * A package that bundles can import.
 *
 * @param name its name
 * @param version its version
 * @param loader what loads its classes
 */
public record ExportedPackage(String name, String version, ClassLoader loader) {}
