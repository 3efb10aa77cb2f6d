package org.caravanserai.shell.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.management.ApiJson;
import org.jspecify.annotations.Nullable;

/** Puts a value. */
@Service
@Command(
    scope = "serai",
    name = "cache-put",
    description = "Puts a value into a cache",
    detailedDescription =
        "Example: serai:cache-put --expiry 60 default order.17 '{\"item\":\"tea\"}'\n\n"
            + "A value that is JSON is put as JSON, another one as text.")
public final class CachePutCommand extends DataCommand {

  @Argument(name = "cache", description = "The cache's name", required = true)
  @Completion(CacheNameCompleter.class)
  private String cache;

  @Argument(index = 1, name = "key", description = "The key", required = true)
  @Completion(CacheKeyCompleter.class)
  private String key;

  @Argument(index = 2, name = "value", description = "JSON or text", required = true)
  private String value;

  @Option(name = "--text", description = "Put as text what could be JSON, too")
  private boolean text;

  @Option(
      name = "--expiry",
      description = "How long it is kept, in seconds; 0 for ever; as configured if absent")
  private @Nullable Long expiry;

  @Reference private CacheDesk desk;

  @Override
  public @Nullable Object execute() {
    String json = isDocument() ? value : ApiJson.text(value);
    desk.put(
        cache,
        key,
        json.getBytes(StandardCharsets.UTF_8),
        Optional.ofNullable(expiry).map(Duration::ofSeconds));
    tell(desk.item(cache, key), () -> say(key + " is in " + cache));
    return null;
  }

  private boolean isDocument() {
    try {
      JsonNode read = ApiJson.read(value);
      return !text && !read.isMissingNode() && !read.isNull();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
