package org.caravanserai.objects.internal;

import java.util.Set;

/**
 * The kinds that a configuration file may hold although no bundle of this server takes care of
 * them.
 */
final class KnownKinds {

  /** Kinds of Zato's enmasse files, of both its generations. */
  private static final Set<String> ZATO =
      Set.of(
          "alert_notifications",
          "alert_rules",
          "audit_extraction",
          "audit_retention",
          "cache",
          "channel_amqp",
          "channel_as4",
          "channel_azure_service_bus",
          "channel_ibm_mq",
          "channel_kafka",
          "channel_mllp",
          "channel_openapi",
          "channel_rest",
          "channel_soap",
          "channel_web_socket",
          "confluence",
          "def_amqp",
          "elastic_search",
          "email_imap",
          "email_smtp",
          "ftp",
          "groups",
          "jira",
          "json_rpc",
          "ldap",
          "llm",
          "mcp_gateway",
          "microsoft_365",
          "microsoft_cloud",
          "microsoft_fabric",
          "microsoft_power_automate",
          "microsoft_teams",
          "mongodb",
          "odata",
          "odoo",
          "outgoing_amqp",
          "outgoing_as2",
          "outgoing_as4",
          "outgoing_azure_service_bus",
          "outgoing_fhir",
          "outgoing_graphql",
          "outgoing_grpc",
          "outgoing_ibm_mq",
          "outgoing_kafka",
          "outgoing_mllp",
          "outgoing_rest",
          "outgoing_soap",
          "pubsub_permission",
          "pubsub_subscription",
          "pubsub_topic",
          "quota_tier",
          "rule_engine_api",
          "salesforce",
          "sap",
          "scheduler",
          "security",
          "sftp",
          "slack",
          "smb",
          "sql",
          "zato_generic_connection");

  /** Kinds of our own, whose bundles may come up later. */
  private static final Set<String> OURS =
      Set.of(
          "channel_file",
          "channel_json_rpc",
          "channel_mqtt",
          "channel_websocket",
          "outgoing_mqtt",
          "pubsub_queue");

  private KnownKinds() {}

  static boolean contains(String kind) {
    return ZATO.contains(kind)
        || OURS.contains(kind)
        || kind.startsWith("custom_")
        || kind.startsWith("rbac_");
  }

  /** All that have a name of their own. */
  static Set<String> all() {
    Set<String> all = new java.util.HashSet<>(ZATO);
    all.addAll(OURS);
    return all;
  }
}
