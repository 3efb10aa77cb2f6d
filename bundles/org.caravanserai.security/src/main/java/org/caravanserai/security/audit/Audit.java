package org.caravanserai.security.audit;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The record of what was done to the server and of who was turned away. Only lines are added. */
@ProviderType
public interface Audit {

  /**
   * Records that something is about to be done. It is on the disk when this returns.
   *
   * @return what is told when it is done
   * @throws java.io.UncheckedIOException if it can't be recorded; then it must not be done
   */
  Begun begin(AuditEvent event);

  /**
   * Records what cannot be undone or was refused. If it can't be recorded the log says so.
   *
   * @param outcome what became of it
   * @param details why, in a few words; empty if the outcome says it all; never holds a secret
   */
  void record(AuditEvent event, Outcome outcome, String details);

  /**
   * Records refusals of which there may be very many, such as failed log-ins: the first ones one by
   * one, and those beyond some a minute as one record with their number.
   */
  void refused(AuditEvent event, Outcome outcome, String details);

  /** Records of the past, the newest first. */
  AuditPage find(AuditQuery query);

  /** Something that is being done. */
  @ProviderType
  interface Begun {
    /**
     * Records what became of it. If that can't be recorded the log says so, and the audit keeps
     * {@link Outcome#BEGUN} as the last that is known.
     *
     * @param details why, in a few words; never holds a secret
     */
    void end(Outcome outcome, String details);
  }

  /**
   * Some records.
   *
   * @param items the records, the newest first
   * @param more whether there are more, older ones
   */
  record AuditPage(List<AuditRecord> items, boolean more) {}
}
