package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.api.ServiceException;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.cache.CacheItem;
import org.caravanserai.cache.CacheStatus;

/** Completes the first keys of the cache that the line names before. */
@Service
public final class CacheKeyCompleter implements Completer {

  private static final int MOST = 50;

  @Reference private CacheDesk desk;

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    List<String> words = List.of(commandLine.getArguments());
    List<String> keys =
        desk.caches().stream()
            .map(CacheStatus::name)
            .filter(words::contains)
            .findFirst()
            .map(this::keys)
            .orElse(List.of());
    return new StringsCompleter(keys).complete(session, commandLine, candidates);
  }

  /** None if the cache is in a Redis that is away or has too many. */
  private List<String> keys(String cache) {
    try {
      return desk.items(cache, "", 0, MOST).items().stream().map(CacheItem::key).toList();
    } catch (ServiceException e) {
      return List.of();
    }
  }
}
