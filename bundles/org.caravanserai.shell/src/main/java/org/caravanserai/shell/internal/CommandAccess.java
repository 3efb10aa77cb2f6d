package org.caravanserai.shell.internal;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Karaf which roles its commands and ours need: one access control list a scope, made from
 * the table of who may do what. Until it has, and where there is none, commands are for
 * administrators. A list in {@code etc/} wins; those that Karaf would put there are replaced by
 * ours, made from the same table.
 */
@Component(service = CommandAccess.class, immediate = true)
public final class CommandAccess {

  private static final Logger LOG = LoggerFactory.getLogger(CommandAccess.class);
  private static final String PID = "org.apache.karaf.command.acl.";
  private static final String FILE = "felix.fileinstall.filename";

  /** Writes the lists. */
  @Activate
  public CommandAccess(@Reference ConfigurationAdmin configurations) throws IOException {
    for (Map.Entry<String, Map<String, Object>> list : lists().entrySet()) {
      Configuration configuration = configurations.getConfiguration(PID + list.getKey(), null);
      var now = configuration.getProperties();
      if (now != null && now.get(FILE) != null) {
        LOG.debug("The roles of the commands {}:* are those of {}", list.getKey(), now.get(FILE));
      } else {
        configuration.updateIfDifferent(FrameworkUtil.asDictionary(list.getValue()));
      }
    }
  }

  /** The access control lists, by scope. */
  static Map<String, Map<String, Object>> lists() {
    Map<String, Map<String, Object>> lists = new TreeMap<>();
    for (CommandRule rule : CommandRules.all()) {
      lists
          .computeIfAbsent(rule.scope(), scope -> new TreeMap<>())
          .put(rule.key(), rule.operation().role().id());
    }
    return lists;
  }
}
