package org.caravanserai.junit5;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method of a canned connection, or of what such a method has returned.
 *
 * @param connection the connection's name
 * @param method the method's name
 * @param arguments what was passed
 */
public record ConnectionCall(String connection, String method, List<@Nullable Object> arguments) {}
