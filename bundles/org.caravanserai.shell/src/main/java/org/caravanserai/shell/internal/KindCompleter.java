package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.objects.ObjectStore;

/** Completes the names of kinds. */
@Service
public final class KindCompleter implements Completer {

  @Reference private ObjectStore objects;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names = objects.kinds().stream().map(KindInfo::name).toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
