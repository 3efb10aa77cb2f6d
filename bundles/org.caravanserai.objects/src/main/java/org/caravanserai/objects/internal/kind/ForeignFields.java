package org.caravanserai.objects.internal.kind;

import java.util.Map;
import java.util.Set;

/**
 * The fields that Zato has in its files for a kind that is ours too, and that do nothing here (yet)
 * without making anything less safe. One that restricts who may do what is not among them: to
 * overlook it would open a door.
 */
final class ForeignFields {

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "cache",
          Set.of("cache_type", "sync_method", "persistent_storage"),
          "channel_rest",
          Set.of("is_audit_log_active"),
          "outgoing_rest",
          Set.of("is_audit_log_active"),
          "pubsub_topic",
          Set.of("is_audit_log_active"),
          "scheduler",
          Set.of("link_conn_type", "link_conn_id", "link_kind", "imap_conn_id"),
          "sql",
          Set.of("is_audit_log_active"),
          "security",
          Set.of("is_audit_log_active"));

  private ForeignFields() {}

  static boolean haveNoEffect(String kind, String field) {
    return FIELDS.getOrDefault(kind, Set.of()).contains(field);
  }
}
