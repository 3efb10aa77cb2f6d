package org.caravanserai.http.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.http.PathTemplate.Segment;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree of path templates. Immutable: a change copies the nodes on its way only.
 *
 * @param texts what comes after a segment of text
 * @param branches what comes after a segment with a parameter, in the order of trial
 * @param routes the routes that end here
 */
record PathNode(Map<String, PathNode> texts, List<Branch> branches, MethodTable routes) {

  /** A tree without routes. */
  static final PathNode EMPTY = new PathNode(Map.of(), List.of(), MethodTable.EMPTY);

  /**
   * Finds the best route for a path and method.
   *
   * @param start where the segment to be matched here begins; beyond the end when all are matched
   * @param values takes the values of parameters, in order
   */
  @Nullable Match find(String method, String path, int start, List<String> values) {
    if (start > path.length()) {
      return routes.find(method);
    }
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    if (!texts.isEmpty()) {
      PathNode next = texts.get(path.substring(start, end));
      Match match = next == null ? null : next.find(method, path, end + 1, values);
      if (match != null) {
        return match;
      }
    }
    for (Branch branch : branches) {
      if (branch.matches(path, start, end)) {
        values.add(
            path.substring(start + branch.prefix().length(), end - branch.suffix().length()));
        Match match = branch.node().find(method, path, end + 1, values);
        if (match != null) {
          return match;
        }
        values.remove(values.size() - 1);
      }
    }
    return null;
  }

  /** Adds the methods of all routes that match a path to a collection. */
  void methodsInto(String path, int start, Collection<String> methods) {
    if (start > path.length()) {
      routes.methodsInto(methods);
      return;
    }
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    PathNode next = texts.get(path.substring(start, end));
    if (next != null) {
      next.methodsInto(path, end + 1, methods);
    }
    for (Branch branch : branches) {
      if (branch.matches(path, start, end)) {
        branch.node().methodsInto(path, end + 1, methods);
      }
    }
  }

  /** A tree with one route more. */
  PathNode with(TrafficRoute route, int depth) throws RouteConflictException {
    List<Segment> segments = route.path().segments();
    if (depth == segments.size()) {
      return new PathNode(texts, branches, routes.with(route));
    }
    Segment segment = segments.get(depth);
    return put(segment, child(segment).with(route, depth + 1));
  }

  /** A tree without a route, and without the nodes that led to it alone. */
  PathNode without(TrafficRoute route, int depth) {
    List<Segment> segments = route.path().segments();
    if (depth == segments.size()) {
      return new PathNode(texts, branches, routes.without(route));
    }
    Segment segment = segments.get(depth);
    return put(segment, child(segment).without(route, depth + 1));
  }

  private PathNode child(Segment segment) {
    if (segment.parameter() == null) {
      return texts.getOrDefault(segment.prefix(), EMPTY);
    }
    for (Branch branch : branches) {
      if (branch.sameText(segment.prefix(), segment.suffix())) {
        return branch.node();
      }
    }
    return EMPTY;
  }

  private PathNode put(Segment segment, PathNode child) {
    if (segment.parameter() == null) {
      Map<String, PathNode> nextTexts = new HashMap<>(texts);
      if (child.isEmpty()) {
        nextTexts.remove(segment.prefix());
      } else {
        nextTexts.put(segment.prefix(), child);
      }
      return new PathNode(nextTexts, branches, routes);
    }
    List<Branch> nextBranches = new ArrayList<>(branches);
    nextBranches.removeIf(branch -> branch.sameText(segment.prefix(), segment.suffix()));
    if (!child.isEmpty()) {
      nextBranches.add(new Branch(segment.prefix(), segment.suffix(), child));
      nextBranches.sort(Branch.ORDER);
    }
    return new PathNode(texts, List.copyOf(nextBranches), routes);
  }

  private boolean isEmpty() {
    return texts.isEmpty() && branches.isEmpty() && routes.isEmpty();
  }
}
