package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.cache.CacheItem;
import org.jspecify.annotations.Nullable;

/** Tells of one value of a cache. */
@Service
@Command(
    scope = "serai",
    name = "cache-get",
    description = "Tells a value of a cache, and what is known of it",
    detailedDescription = "Example: serai:cache-get default order.17")
public final class CacheGetCommand extends DataCommand {

  @Argument(name = "cache", description = "The cache's name", required = true)
  @Completion(CacheNameCompleter.class)
  private String cache;

  @Argument(index = 1, name = "key", description = "The key", required = true)
  @Completion(CacheKeyCompleter.class)
  private String key;

  @Reference private CacheDesk desk;

  @Override
  public @Nullable Object execute() {
    CacheItem item = desk.item(cache, key);
    tell(
        item,
        () ->
            new Facts()
                .with("Key", item.key())
                .with("Type", item.type())
                .with("Version", item.version())
                .with("Hits", item.hits())
                .with("Last read", item.lastRead())
                .with("Read before", item.previousRead())
                .with("Last written", item.lastWrite())
                .with("Written before", item.previousWrite())
                .with("Kept for seconds", item.expirySeconds())
                .with("Expires", item.expiresAt())
                .with("Value", item.value())
                .print(session()));
    return null;
  }
}
