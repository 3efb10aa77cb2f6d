package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;

/** Completes the names of REST channels. */
@Service
public final class RestChannelCompleter implements Completer {

  @Reference private ObjectStore objects;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names =
        objects.list().stream()
            .filter(each -> each.kind().equals("channel_rest"))
            .map(ObjectInfo::name)
            .toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
