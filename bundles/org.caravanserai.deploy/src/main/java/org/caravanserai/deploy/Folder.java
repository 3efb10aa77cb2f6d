package org.caravanserai.deploy;

/**
 * A watched folder.
 *
 * @param name its name, with which paths of its files begin
 * @param isWritable whether files can be made in it
 */
public record Folder(String name, boolean isWritable) {}
