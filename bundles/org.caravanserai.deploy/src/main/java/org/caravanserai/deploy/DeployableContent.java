package org.caravanserai.deploy;

import java.util.List;

/**
 * What a revision is made of.
 *
 * @param deployment the deployment's name
 * @param revision the revision's number
 * @param trial whether it is only looked whether it could go live
 * @param fileName its name in diagnostics
 * @param text the source, which may be an archive; empty if there are classes
 * @param classes the classes of a Java deployment that the type takes, in the order of their names;
 *     empty if there is a source
 */
public record DeployableContent(
    String deployment,
    int revision,
    boolean trial,
    String fileName,
    byte[] text,
    List<Class<?>> classes) {}
