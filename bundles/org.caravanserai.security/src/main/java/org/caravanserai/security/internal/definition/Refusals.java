package org.caravanserai.security.internal.definition;

import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.security.AccessRequest;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditEvent;
import org.caravanserai.security.audit.Outcome;
import org.jspecify.annotations.Nullable;

/** Tells the audit, while there is one, of callers who showed wrong credentials. */
final class Refusals {

  private static final int LONGEST_NAME = 200;

  private final AtomicReference<@Nullable Audit> audit = new AtomicReference<>();

  void recordIn(Audit arrived) {
    audit.set(arrived);
  }

  void forget(Audit gone) {
    audit.compareAndSet(gone, null);
  }

  /**
   * Notes a refusal.
   *
   * @param claimed whose the request says it is; {@code null} if it shows nothing
   * @param target what it was refused at
   * @param asked what refused it
   */
  void note(
      @Nullable String claimed, AccessRequest request, String cid, String target, String asked) {
    if (claimed != null) {
      note(claimed, request.clientAddress().getHostAddress(), cid, target, asked);
    }
  }

  /**
   * Notes a refusal.
   *
   * @param claimed whose the caller says he is
   * @param address where he is
   * @param target what he was refused at
   * @param asked what refused him
   */
  void note(String claimed, String address, String cid, String target, String asked) {
    Audit now = audit.get();
    if (now == null) {
      return;
    }
    String name = claimed.length() > LONGEST_NAME ? claimed.substring(0, LONGEST_NAME) : claimed;
    now.refused(
        new AuditEvent(cid, name, address, "channel", "login", target),
        Outcome.UNAUTHENTICATED,
        asked);
  }
}
