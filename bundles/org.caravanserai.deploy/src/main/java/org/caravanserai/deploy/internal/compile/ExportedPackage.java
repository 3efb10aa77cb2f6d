package org.caravanserai.deploy.internal.compile;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A package that bundles can import.
 *
 * @param name its name
 * @param pin its version, and the library that has it
 * @param offered whether sources are compiled against it; not if it is only there for what was
 *     compiled against it before
 * @param loader what loads its classes
 * @param uses what loads the packages that its types refer to, by their names, for whoever imports
 *     it must see the same
 */
public record ExportedPackage(
    String name,
    PackagePin pin,
    boolean offered,
    ClassLoader loader,
    Supplier<Map<String, ClassLoader>> uses) {}
