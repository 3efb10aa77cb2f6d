package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.objects.ObjectInfo;

/** Which objects a caller wants to see, and in what order. */
final class ObjectList {

  private static final int LARGEST_PAGE = 100_000;
  private static final Map<String, Comparator<ObjectInfo>> ORDERS =
      Map.of(
          "kind", Comparator.comparing(ObjectInfo::kind),
          "name", Comparator.comparing(ObjectInfo::name),
          "state", Comparator.comparing(ObjectInfo::state),
          "origin", Comparator.comparing(ObjectInfo::origin));

  private ObjectList() {}

  /**
   * The page that a query asks for: {@code kind}, {@code state}, {@code q} in names and reasons,
   * {@code sort} with {@code -} for the other way round, {@code offset}, {@code limit}.
   *
   * @throws Problem 400 if it makes no sense
   */
  static Page<ObjectInfo> page(List<ObjectInfo> all, HttpServletRequest request) throws Problem {
    Query query = Query.of(request);
    Optional<String> kind = query.text("kind");
    Optional<String> state = query.text("state");
    Optional<String> part = query.text("q").map(text -> text.toLowerCase(Locale.ROOT));
    int offset = query.number("offset", 0, 0, Integer.MAX_VALUE);
    int limit = query.number("limit", LARGEST_PAGE, 0, LARGEST_PAGE);
    Optional<Comparator<ObjectInfo>> order = order(query.text("sort"));
    List<ObjectInfo> found =
        all.stream()
            .filter(each -> kind.isEmpty() || each.kind().equals(kind.get()))
            .filter(each -> state.isEmpty() || each.state().name().equalsIgnoreCase(state.get()))
            .filter(each -> part.isEmpty() || holds(each, part.get()))
            .toList();
    List<ObjectInfo> sorted = order.isEmpty() ? found : found.stream().sorted(order.get()).toList();
    int from = Math.min(offset, sorted.size());
    int to = Math.min(sorted.size(), from + Math.min(limit, sorted.size() - from));
    return new Page<>(sorted.subList(from, to), sorted.size());
  }

  private static boolean holds(ObjectInfo object, String part) {
    return object.name().toLowerCase(Locale.ROOT).contains(part)
        || object.kind().contains(part)
        || object.reason().map(why -> why.toLowerCase(Locale.ROOT).contains(part)).orElse(false);
  }

  private static Optional<Comparator<ObjectInfo>> order(Optional<String> sort) throws Problem {
    if (sort.isEmpty()) {
      return Optional.empty();
    }
    boolean isReversed = sort.get().startsWith("-");
    Comparator<ObjectInfo> order = ORDERS.get(isReversed ? sort.get().substring(1) : sort.get());
    if (order == null) {
      throw new Problem(400, "sort is kind, name, state or origin, with - for the other way round");
    }
    return Optional.of(isReversed ? order.reversed() : order);
  }
}
