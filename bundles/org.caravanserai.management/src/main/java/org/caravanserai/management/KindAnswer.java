package org.caravanserai.management;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.caravanserai.objects.KindInfo;
import org.caravanserai.spi.ObjectAction;

/**
 * A kind of objects.
 *
 * @param name the kind as configuration spells it, such as {@code channel_rest}
 * @param key the field by which its objects are known
 * @param help what it is
 * @param isConnection whether its objects are connections to other systems, which can be pinged
 * @param actions what can be done with its objects besides changing them
 * @param schema the JSON Schema (2020-12) of its objects
 */
public record KindAnswer(
    String name,
    String key,
    String help,
    boolean isConnection,
    List<String> actions,
    Map<String, Object> schema) {

  /** The action that sets the counters of rate limits to zero. */
  public static final String CLEAR_COUNTERS = "clear-counters";

  /** The fields by which objects have rate limits. */
  private static final Set<String> LIMITS = Set.of("rate_limiting", "quota_tier");

  /**
   * Tells of a kind.
   *
   * @param actions all that can be done with objects of any kind
   */
  public static KindAnswer of(KindInfo kind, Collection<ObjectAction> actions) {
    Set<String> names = new TreeSet<>();
    actions.stream()
        .filter(action -> action.kind().equals(kind.name()))
        .forEach(action -> names.add(action.name()));
    boolean isLimited =
        kind.schema().get("properties") instanceof Map<?, ?> fields
            && LIMITS.stream().anyMatch(fields::containsKey);
    if (isLimited) {
      names.add(CLEAR_COUNTERS);
    }
    return new KindAnswer(
        kind.name(),
        kind.key(),
        String.valueOf(kind.schema().getOrDefault("description", "")),
        kind.isConnection(),
        List.copyOf(names),
        kind.schema());
  }
}
