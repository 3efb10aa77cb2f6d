package org.caravanserai.management;

import java.time.Instant;

/**
 * A session, as it is told to the browser that has it.
 *
 * @param username who is logged in
 * @param role the greatest role of the user
 * @param csrfToken what a request that is no {@code GET} says in its header {@code X-CSRF-Token}
 * @param expiresAt when the session ends if nothing is asked until then
 */
public record SessionAnswer(String username, String role, String csrfToken, Instant expiresAt) {}
