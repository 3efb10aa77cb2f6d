package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.management.ApiJson;
import org.caravanserai.management.Page;

/** A command that prints what the server has: in words, or as the admin API answers it. */
abstract class DataCommand implements Action {

  @Option(name = "--json", description = "Answer in JSON, as the admin API does")
  private boolean json;

  @Reference private Session session;

  /** Whether JSON is wanted, and nothing else. */
  final boolean isJson() {
    return json;
  }

  /** The shell in which it runs. */
  final Session session() {
    return session;
  }

  /** Prints data: as JSON, or what the words say, which print by themselves. */
  final void tell(Object data, Runnable words) {
    if (json) {
      session.getConsole().println(ApiJson.text(data));
    } else {
      words.run();
    }
  }

  /** Prints a list: as JSON, or as a table. */
  final void tell(List<?> items, Table table) {
    tell(Page.all(items), () -> table.print(session));
  }

  /** Prints one line of words. */
  final void say(String words) {
    session.getConsole().println(words);
  }
}
