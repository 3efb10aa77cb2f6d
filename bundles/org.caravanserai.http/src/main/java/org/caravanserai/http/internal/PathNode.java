package org.caravanserai.http.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.http.PathTemplate.Segment;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.eclipse.jetty.http.HttpFields;
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
   * @param headers the request's, which say what the caller accepts
   * @param start where the segment to be matched here begins; beyond the end when all are matched
   * @param values takes the values of parameters, in order
   */
  @Nullable Match find(
      String method, HttpFields headers, String path, int start, List<String> values) {
    if (start > path.length()) {
      return routes.find(method, headers);
    }
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    if (!texts.isEmpty()) {
      PathNode next = texts.get(path.substring(start, end));
      Match match = next == null ? null : next.find(method, headers, path, end + 1, values);
      if (match != null) {
        return match;
      }
    }
    for (Branch branch : branches) {
      // A parameter that spans slashes takes as much as it can.
      int last = branch.spansSlashes() ? path.length() : end;
      for (int to = last; to >= end; to = path.lastIndexOf('/', to - 1)) {
        if (branch.matches(path, start, to)) {
          values.add(
              path.substring(start + branch.prefix().length(), to - branch.suffix().length()));
          Match match = branch.node().find(method, headers, path, to + 1, values);
          if (match != null) {
            return match;
          }
          values.remove(values.size() - 1);
        }
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
      int last = branch.spansSlashes() ? path.length() : end;
      for (int to = last; to >= end; to = path.lastIndexOf('/', to - 1)) {
        if (branch.matches(path, start, to)) {
          branch.node().methodsInto(path, to + 1, methods);
        }
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
      if (branch.isFor(segment)) {
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
    nextBranches.removeIf(branch -> branch.isFor(segment));
    if (!child.isEmpty()) {
      nextBranches.add(
          new Branch(segment.prefix(), segment.suffix(), segment.spansSlashes(), child));
      nextBranches.sort(Branch.ORDER);
    }
    return new PathNode(texts, List.copyOf(nextBranches), routes);
  }

  private boolean isEmpty() {
    return texts.isEmpty() && branches.isEmpty() && routes.isEmpty();
  }
}
