package org.caravanserai.objects.internal;

import java.util.Comparator;
import java.util.List;

/** The order of kinds in exports: Zato's first, in its order, then ours by name. */
final class CanonicalOrder {

  private static final List<String> ZATO =
      List.of(
          ("quota_tier security groups channel_rest channel_soap channel_as4 outgoing_rest scheduler"
                  + " ldap llm odata sap sql mongodb outgoing_soap outgoing_as2 outgoing_as4"
                  + " microsoft_cloud microsoft_365 microsoft_fabric microsoft_power_automate"
                  + " microsoft_teams slack confluence jira salesforce channel_ibm_mq"
                  + " outgoing_ibm_mq channel_amqp outgoing_amqp channel_azure_service_bus"
                  + " outgoing_azure_service_bus channel_kafka mcp_gateway rule_engine_api"
                  + " outgoing_graphql outgoing_grpc outgoing_kafka channel_mllp outgoing_mllp"
                  + " outgoing_fhir email_imap email_smtp odoo elastic_search sftp smb ftp"
                  + " pubsub_topic pubsub_permission pubsub_subscription channel_openapi alert_rules"
                  + " alert_notifications audit_retention audit_extraction")
              .split(" "));

  /** Compares names of kinds. */
  static final Comparator<String> OF_KINDS =
      Comparator.comparingInt(CanonicalOrder::rank).thenComparing(Comparator.naturalOrder());

  private CanonicalOrder() {}

  private static int rank(String kind) {
    int index = ZATO.indexOf(kind);
    return index < 0 ? ZATO.size() : index;
  }
}
