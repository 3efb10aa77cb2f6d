package org.caravanserai.security.audit;

import java.time.Instant;

/**
 * One record of the audit.
 *
 * @param id the act that it is about; the begin of an act and its end have the same
 * @param time when
 * @param cid the correlation id
 * @param user who
 * @param address from where
 * @param door by which way: {@code api}, {@code shell} or {@code ssh}
 * @param operation what, such as {@code objects.write}
 * @param target to what, such as {@code sql/orders}
 * @param outcome what became of it
 * @param details why, in a few words
 */
public record AuditRecord(
    String id,
    Instant time,
    String cid,
    String user,
    String address,
    String door,
    String operation,
    String target,
    Outcome outcome,
    String details) {}
