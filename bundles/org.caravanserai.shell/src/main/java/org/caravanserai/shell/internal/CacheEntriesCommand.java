package org.caravanserai.shell.internal;

import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.cache.CacheItem;
import org.caravanserai.cache.ItemPage;
import org.jspecify.annotations.Nullable;

/** Lists values of a cache. */
@Service
@Command(
    scope = "serai",
    name = "cache-entries",
    description = "Lists the values of a cache by their keys",
    detailedDescription = "Example: serai:cache-entries --search tea --limit 10 default")
public final class CacheEntriesCommand extends DataCommand {

  @Argument(name = "cache", description = "The cache's name", required = true)
  @Completion(CacheNameCompleter.class)
  private String cache;

  @Option(name = "--search", description = "Only with this text in the key or the value")
  private String search = "";

  @Option(name = "--offset", description = "How many to leave out")
  private int offset;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 50;

  @Reference private CacheDesk desk;

  @Override
  public @Nullable Object execute() {
    if (offset < 0 || limit < 1) {
      throw new IllegalArgumentException("--offset and --limit count from 0 and from 1");
    }
    ItemPage page = desk.items(cache, search, offset, limit);
    var table =
        new Table("Key", "Type", "Value", "Version", "Hits", "Expires")
            .whenEmpty("There is no such value");
    for (CacheItem each : page.items()) {
      table.row(
          each.key(),
          each.type(),
          each.text().orElse(""),
          each.version(),
          each.hits(),
          each.expiresAt().map(Instant::toString).orElse(""));
    }
    tell(
        page,
        () -> {
          table.print(session());
          int shown = offset + page.items().size();
          if (shown < page.total()) {
            say((page.total() - shown) + " more: --offset " + shown);
          }
        });
    return null;
  }
}
