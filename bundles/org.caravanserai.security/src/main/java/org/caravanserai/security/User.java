package org.caravanserai.security;

import java.util.Set;

/**
 * Somebody who may administer the server.
 *
 * @param name the name
 * @param roles the names of the roles
 */
public record User(String name, Set<String> roles) {}
