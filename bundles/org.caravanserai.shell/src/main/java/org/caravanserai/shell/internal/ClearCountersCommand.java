package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.security.RateLimits;
import org.jspecify.annotations.Nullable;

/** Sets the counters of an object's rate limits to zero. */
@Service
@Command(
    scope = "serai",
    name = "clear-counters",
    description = "Sets the counters of an object's rate limits to zero",
    detailedDescription = "Example: serai:clear-counters channel_rest orders")
public final class ClearCountersCommand implements Action {

  @Argument(name = "kind", description = "The object's kind, such as channel_rest", required = true)
  @Completion(KindCompleter.class)
  private String kind;

  @Argument(index = 1, name = "name", description = "The object's name", required = true)
  @Completion(ObjectNameCompleter.class)
  private String name;

  @Reference private ObjectStore objects;

  @Reference private RateLimits rates;

  @Override
  public @Nullable Object execute() {
    if (objects.find(kind, name).isEmpty()) {
      throw new IllegalArgumentException("There is no " + kind + " " + name);
    }
    if (!rates.clear(kind, name)) {
      throw new IllegalStateException(kind + " " + name + " has no rate limits in operation");
    }
    return null;
  }
}
