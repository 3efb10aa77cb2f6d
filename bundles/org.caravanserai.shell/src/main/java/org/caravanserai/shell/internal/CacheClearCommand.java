package org.caravanserai.shell.internal;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.management.DeletedAnswer;
import org.jspecify.annotations.Nullable;

/** Deletes all values of a cache. */
@Service
@Command(
    scope = "serai",
    name = "cache-clear",
    description = "Deletes all values of a cache",
    detailedDescription = "Example: serai:cache-clear --yes prices")
public final class CacheClearCommand extends DataCommand {

  @Argument(name = "cache", description = "The cache's name", required = true)
  @Completion(CacheNameCompleter.class)
  private String cache;

  @Option(name = "--yes", description = "Do not ask")
  private boolean yes;

  @Reference private CacheDesk desk;

  @Override
  public @Nullable Object execute() throws IOException {
    String values = desk.cache(cache).size().map(size -> size + " values").orElse("values");
    if (!Assent.to(session(), yes, "Delete the " + values + " of " + cache + "?")) {
      return null;
    }
    long deleted = desk.clear(cache, cache);
    tell(new DeletedAnswer(deleted), () -> say(deleted + " deleted"));
    return null;
  }
}
