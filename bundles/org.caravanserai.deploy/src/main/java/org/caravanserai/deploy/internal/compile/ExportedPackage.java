package org.caravanserai.deploy.internal.compile;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A package that bundles can import.
 *
 * @param name its name
 * @param version its version
 * @param loader what loads its classes
 * @param uses what loads the packages that its types refer to, by their names, for whoever imports
 *     it must see the same
 */
public record ExportedPackage(
    String name, String version, ClassLoader loader, Supplier<Map<String, ClassLoader>> uses) {}
