package org.caravanserai.deploy.internal.dependency;

/**
 * A jar on the class path of one deployment.
 *
 * @param name what it is, {@code group:artifact:version}
 * @param sha256 the hash of its content, by which it is kept
 */
public record PrivateLibrary(String name, String sha256) {}
