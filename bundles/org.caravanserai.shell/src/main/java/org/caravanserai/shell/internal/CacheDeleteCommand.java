package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.management.DeletedAnswer;
import org.jspecify.annotations.Nullable;

/** Deletes values. */
@Service
@Command(
    scope = "serai",
    name = "cache-delete",
    description = "Deletes values of a cache by their keys",
    detailedDescription = "Example: serai:cache-delete default order.17 order.18")
public final class CacheDeleteCommand extends DataCommand {

  @Argument(name = "cache", description = "The cache's name", required = true)
  @Completion(CacheNameCompleter.class)
  private String cache;

  @Argument(index = 1, name = "keys", description = "The keys", required = true, multiValued = true)
  @Completion(CacheKeyCompleter.class)
  private List<String> keys;

  @Reference private CacheDesk desk;

  @Override
  public @Nullable Object execute() {
    int deleted = 0;
    @Nullable ServiceException absent = null;
    for (String key : keys) {
      try {
        desk.delete(cache, key);
        deleted++;
      } catch (ServiceException e) {
        absent = e;
      }
    }
    if (absent != null && deleted == 0) {
      throw absent;
    }
    int count = deleted;
    tell(new DeletedAnswer(count), () -> say(count + " deleted"));
    return null;
  }
}
