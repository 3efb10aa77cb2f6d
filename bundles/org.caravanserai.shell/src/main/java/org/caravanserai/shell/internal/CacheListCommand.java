package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.cache.CacheStatus;
import org.jspecify.annotations.Nullable;

/** Lists the caches. */
@Service
@Command(
    scope = "serai",
    name = "cache-list",
    description = "Lists the caches, and how much they are used",
    detailedDescription = "Example: serai:cache-list --json")
public final class CacheListCommand extends DataCommand {

  @Reference private CacheDesk desk;

  @Override
  public @Nullable Object execute() {
    List<CacheStatus> caches = desk.caches();
    var table =
        new Table("Cache", "Default", "Size", "Max size", "Bytes", "Hits", "Misses", "Evicted");
    for (CacheStatus each : caches) {
      table.row(
          each.name(),
          each.isDefault() ? "yes" : "",
          each.size().map(String::valueOf).orElse(""),
          each.maxSize().map(String::valueOf).orElse(""),
          each.bytes(),
          each.hits(),
          each.misses(),
          each.evictions());
    }
    tell(caches, table);
    return null;
  }
}
