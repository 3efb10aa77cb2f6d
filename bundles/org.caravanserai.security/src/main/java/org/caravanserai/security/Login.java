package org.caravanserai.security;

import java.util.function.BooleanSupplier;

/**
 * Somebody who has shown a right password.
 *
 * @param user who
 * @param holds whether she is still whom she was when she showed it
 */
public record Login(User user, BooleanSupplier holds) {}
