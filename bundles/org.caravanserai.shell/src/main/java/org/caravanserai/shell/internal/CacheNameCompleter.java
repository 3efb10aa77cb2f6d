package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.cache.CacheStatus;

/** Completes the names of caches. */
@Service
public final class CacheNameCompleter implements Completer {

  @Reference private CacheDesk desk;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> names = desk.caches().stream().map(CacheStatus::name).toList();
    return new StringsCompleter(names).complete(session, commandLine, candidates);
  }
}
