package org.caravanserai.security.audit;

/**
 * What is done, by whom. None of it may hold a secret.
 *
 * @param cid the correlation id
 * @param user who; what was typed as a name if that is not known to be anybody's
 * @param address from where
 * @param door by which way: {@code api}, {@code shell}, {@code ssh} or {@code channel}
 * @param operation what, such as {@code objects.write}
 * @param target to what, such as {@code sql/orders}
 */
public record AuditEvent(
    String cid, String user, String address, String door, String operation, String target) {}
