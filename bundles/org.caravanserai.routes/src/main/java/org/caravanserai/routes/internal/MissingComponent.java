package org.caravanserai.routes.internal;

import java.util.Map;
import java.util.TreeMap;

/** What to do about a component, a language or a data format that no connector has. */
final class MissingComponent {

  /** Where the jar's name is not that of the component, as Camel's catalogue has it. */
  private static final Map<String, String> JARS = jars();

  private MissingComponent() {}

  private static Map<String, String> jars() {
    Map<String, String> jars = new TreeMap<>();
    put(jars, "ftp", "ftps", "sftp");
    put(jars, "mail", "smtp", "smtps", "imap", "imaps", "pop3", "pop3s");
    put(jars, "http", "https");
    put(jars, "cxf-soap", "cxf");
    put(jars, "cxf-rest", "cxfrs");
    put(jars, "sql", "sql-stored");
    put(jars, "google-pubsub", "google-pubsub-lite");
    put(jars, "spring-rabbitmq", "rabbitmq");
    put(jars, "quartz", "quartz2");
    put(jars, "aws2-s3", "aws-s3");
    put(jars, "aws2-sqs", "aws-sqs");
    put(jars, "solr", "solrs", "solrCloud");
    put(jars, "twitter", "twitter-directmessage", "twitter-search", "twitter-timeline");
    return jars;
  }

  private static void put(Map<String, String> jars, String jar, String... components) {
    for (String each : components) {
      jars.put(each, jar);
    }
  }

  /** What is wrong, and where the component is to be had. */
  static String advice(String component) {
    return advice("component", component, JARS.getOrDefault(component, component));
  }

  /**
   * What is wrong, and where it is to be had.
   *
   * @param what a component, or what else Camel finds by its name
   * @param name its name
   * @param jar the name of its jar after {@code camel-}
   */
  static String advice(String what, String name, String jar) {
    return "%s %s is missing: it comes with camel-%s of Camel 4.14, a jar for the folder lib of a watched folder, beside those that it needs"
        .formatted(what, name, jar);
  }
}
