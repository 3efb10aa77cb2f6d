package org.caravanserai.deploy;

import java.util.List;

/**
 * A shared library.
 *
 * @param name its name: the symbolic name of its bundle, or that of the artifact
 * @param version its version, as OSGi writes it
 * @param sha256 the hash of its file
 * @param status {@code present}, {@code waiting} for a package that it needs, or {@code withdrawn}:
 *     its file is gone, and it stays for those which use it
 * @param files where it lies
 * @param usedBy the names of deployments whose current revision is wired to it, by way of other
 *     libraries too
 */
public record LibraryInfo(
    String name,
    String version,
    String sha256,
    String status,
    List<String> files,
    List<String> usedBy) {}
