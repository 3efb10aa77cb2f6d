package org.caravanserai.management.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.caravanserai.management.Page;

/**
 * How a list is searched, filtered, sorted and paged: {@code q}, one parameter for each field,
 * {@code sort} with {@code -} for the other way round, {@code offset}, {@code limit}.
 *
 * @param <T> what is listed
 */
final class Listing<T> {

  private static final int LARGEST_PAGE = 100_000;

  private final Map<String, Function<T, String>> filters = new LinkedHashMap<>();
  private final Map<String, Comparator<T>> orders = new LinkedHashMap<>();
  private final Function<T, Stream<String>> searched;

  /**
   * A list.
   *
   * @param searched the texts of an item in which {@code q} is looked for
   */
  Listing(Function<T, Stream<String>> searched) {
    this.searched = searched;
  }

  /** The same with a field to filter and to sort by. */
  Listing<T> by(String name, Function<T, String> field) {
    filters.put(name, field);
    orders.put(name, Comparator.comparing(field));
    return this;
  }

  /** The same with a field to sort by only. */
  <C extends Comparable<C>> Listing<T> sortedBy(String name, Function<T, C> field) {
    orders.put(name, Comparator.comparing(field));
    return this;
  }

  /** The parameters of the query. */
  List<QueryParameter> parameters() {
    List<QueryParameter> all = new ArrayList<>();
    all.add(QueryParameter.text("q", "only items that hold this text, in any case"));
    filters.keySet().forEach(name -> all.add(QueryParameter.text(name, "only with this " + name)));
    all.add(
        QueryParameter.text(
            "sort", String.join(", ", orders.keySet()) + "; with - the other way round"));
    all.add(QueryParameter.number("offset", "how many items to leave out"));
    all.add(QueryParameter.number("limit", "how many items at most"));
    return all;
  }

  /**
   * The page that a query asks for.
   *
   * @throws Problem 400 if it makes no sense
   */
  Page<T> page(List<T> all, Query query) throws Problem {
    int offset = query.number("offset", 0, 0, Integer.MAX_VALUE);
    int limit = query.number("limit", LARGEST_PAGE, 0, LARGEST_PAGE);
    Optional<Comparator<T>> order = order(query.text("sort"));
    Stream<T> found = all.stream();
    for (Map.Entry<String, Function<T, String>> filter : filters.entrySet()) {
      Optional<String> wanted = query.text(filter.getKey());
      if (wanted.isPresent()) {
        found = found.filter(each -> filter.getValue().apply(each).equalsIgnoreCase(wanted.get()));
      }
    }
    Optional<String> part = query.text("q").map(text -> text.toLowerCase(Locale.ROOT));
    if (part.isPresent()) {
      found = found.filter(each -> holds(each, part.get()));
    }
    if (order.isPresent()) {
      found = found.sorted(order.get());
    }
    List<T> sorted = found.toList();
    int from = Math.min(offset, sorted.size());
    int to = from + Math.min(limit, sorted.size() - from);
    return new Page<>(sorted.subList(from, to), sorted.size());
  }

  private boolean holds(T item, String part) {
    return searched.apply(item).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }

  private Optional<Comparator<T>> order(Optional<String> sort) throws Problem {
    if (sort.isEmpty()) {
      return Optional.empty();
    }
    boolean isReversed = sort.get().startsWith("-");
    Comparator<T> order = orders.get(isReversed ? sort.get().substring(1) : sort.get());
    if (order == null) {
      throw new Problem(
          400,
          "sort is one of "
              + String.join(", ", orders.keySet())
              + ", with - for the other way round");
    }
    return Optional.of(isReversed ? order.reversed() : order);
  }
}
