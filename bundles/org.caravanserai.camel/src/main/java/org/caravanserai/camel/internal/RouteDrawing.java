package org.caravanserai.camel.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DisabledAwareDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.InterceptSendToEndpointDefinition;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OnFallbackDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.RollbackDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WhenDefinition;
import org.caravanserai.camel.NodeFigures;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteEdge;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteNode;
import org.jspecify.annotations.Nullable;

/**
 * Draws a route after its model. What Camel nests is drawn as the ways that exchanges go: of
 * branches one is taken, a multicast sends copies, the parts of a split do not come back.
 */
public final class RouteDrawing {

  private static final String FROM = "from";
  private static final String THEN = "then";
  private static final String OTHERWISE = "otherwise";

  private final NodeWords words;
  private final Function<NamedNode, Optional<NodeFigures>> figures;
  private final List<RouteNode> nodes = new ArrayList<>();
  private final Set<RouteEdge> edges = new LinkedHashSet<>();
  private final Set<String> ids = new HashSet<>();

  private RouteDrawing(NodeWords words, Function<NamedNode, Optional<NodeFigures>> figures) {
    this.words = words;
    this.figures = figures;
  }

  /** Draws a route. */
  public static RouteDiagram draw(
      CamelContext context,
      Route route,
      RouteInfo info,
      Function<NamedNode, Optional<NodeFigures>> figures) {
    RouteDrawing drawing = new RouteDrawing(new NodeWords(context), figures);
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    RouteDefinition definition =
        model == null ? null : model.getRouteDefinition(route.getRouteId());
    if (definition != null) {
      drawing.route(definition, info);
    }
    return new RouteDiagram(info, List.copyOf(drawing.nodes), List.copyOf(drawing.edges));
  }

  /**
   * Where exchanges come from.
   *
   * @param node the id of a node
   * @param label when they go on from there
   */
  private record Exit(String node, String label) {
    static List<Exit> of(String node) {
      return List.of(new Exit(node, ""));
    }
  }

  private void route(RouteDefinition route, RouteInfo info) {
    ids.add(FROM);
    nodes.add(
        new RouteNode(
            FROM,
            FROM,
            NodeWords.endpoint(route.getInput().getEndpointUri()),
            Optional.ofNullable(route.getDescriptionText()),
            Optional.empty(),
            NodeWords.line(route.getInput()),
            false,
            words.source(info.from()),
            Optional.of(
                new NodeFigures(
                    info.exchanges(), info.failed(), info.inflight(), info.meanMillis() * 1000))));
    List<NamedNode> usual = new ArrayList<>();
    List<NamedNode> aside = new ArrayList<>();
    for (NamedNode each : route.getOutputs()) {
      (isAside(each) ? aside : usual).add(each);
    }
    chain(usual, Exit.of(FROM), null);
    for (NamedNode each : aside) {
      draw(each, List.of(new Exit(FROM, asideLabel(each))), null);
    }
    if (info.channel().isPresent() && nodes.size() == 2) {
      // Nobody counts at the only node, for it does what the route does.
      nodes.set(1, withFigures(nodes.get(1), nodes.get(0).figures()));
    }
  }

  private static RouteNode withFigures(RouteNode node, Optional<NodeFigures> figures) {
    return new RouteNode(
        node.id(),
        node.kind(),
        node.text(),
        node.description(),
        node.parent(),
        node.line(),
        node.isDisabled(),
        node.target(),
        figures);
  }

  private static boolean isAside(NamedNode node) {
    return node instanceof OnExceptionDefinition
        || node instanceof OnCompletionDefinition
        || node instanceof InterceptSendToEndpointDefinition;
  }

  private static String asideLabel(NamedNode node) {
    if (node instanceof OnExceptionDefinition) {
      return "on failure";
    }
    return node instanceof OnCompletionDefinition ? "at the end" : "when sent";
  }

  /** Draws what exchanges go through one after the other; answers where they leave it. */
  private List<Exit> chain(
      List<? extends NamedNode> all, List<Exit> entries, @Nullable String parent) {
    List<Exit> exits = entries;
    for (NamedNode each : all) {
      exits = draw(each, exits, parent);
    }
    return exits;
  }

  private List<Exit> draw(NamedNode node, List<Exit> entries, @Nullable String parent) {
    String id = add(node, parent);
    entries.forEach(exit -> edges.add(new RouteEdge(exit.node(), id, exit.label())));
    if (node instanceof ChoiceDefinition choice) {
      return choice(choice, id);
    }
    if (node instanceof TryDefinition attempt) {
      return attempt(attempt, id);
    }
    if (node instanceof CircuitBreakerDefinition breaker) {
      return breaker(breaker, id);
    }
    if (node instanceof MulticastDefinition multicast) {
      multicast.getOutputs().forEach(each -> draw(each, List.of(new Exit(id, "copy")), id));
      return List.of(new Exit(id, THEN));
    }
    if (node instanceof LoadBalanceDefinition balance) {
      List<Exit> exits = new ArrayList<>();
      balance.getOutputs().forEach(each -> exits.addAll(draw(each, Exit.of(id), id)));
      return exits.isEmpty() ? Exit.of(id) : exits;
    }
    List<? extends NamedNode> inner = NodeWords.outputs(node);
    Optional<String> part = part(node);
    if (part.isPresent() && !inner.isEmpty()) {
      List<Exit> unused = chain(inner, List.of(new Exit(id, part.get())), id);
      return List.of(new Exit(id, THEN));
    }
    if (node instanceof FilterDefinition || node instanceof IdempotentConsumerDefinition) {
      List<Exit> exits = new ArrayList<>(chain(inner, Exit.of(id), id));
      exits.add(new Exit(id, OTHERWISE));
      return exits;
    }
    boolean isEnd =
        node instanceof StopDefinition
            || node instanceof RollbackDefinition
            || node instanceof ThrowExceptionDefinition;
    return isEnd ? List.of() : chain(inner, Exit.of(id), id);
  }

  /** When what is inside of a node is gone through, if exchanges do not go on from there. */
  private static Optional<String> part(NamedNode node) {
    if (node instanceof SplitDefinition) {
      return Optional.of("each part");
    }
    if (node instanceof LoopDefinition) {
      return Optional.of("each time");
    }
    if (node instanceof AggregateDefinition) {
      return Optional.of("each group");
    }
    return node instanceof ResequenceDefinition ? Optional.of("in order") : Optional.empty();
  }

  private List<Exit> choice(ChoiceDefinition choice, String id) {
    List<Exit> exits = new ArrayList<>();
    for (WhenDefinition when : choice.getWhenClauses()) {
      exits.addAll(draw(when, Exit.of(id), id));
    }
    OtherwiseDefinition otherwise = choice.getOtherwise();
    if (otherwise == null) {
      exits.add(new Exit(id, OTHERWISE));
    } else {
      exits.addAll(draw(otherwise, Exit.of(id), id));
    }
    return exits;
  }

  private List<Exit> attempt(TryDefinition attempt, String id) {
    List<Exit> exits = new ArrayList<>(chain(attempt.getOutputsWithoutCatches(), Exit.of(id), id));
    for (CatchDefinition each : attempt.getCatchClauses()) {
      exits.addAll(draw(each, List.of(new Exit(id, "on failure")), id));
    }
    FinallyDefinition last = attempt.getFinallyClause();
    if (last == null) {
      return exits;
    }
    return draw(last, exits.isEmpty() ? List.of(new Exit(id, "at the end")) : exits, id);
  }

  private List<Exit> breaker(CircuitBreakerDefinition breaker, String id) {
    List<Exit> exits = new ArrayList<>(chain(breaker.getOutputs(), Exit.of(id), id));
    OnFallbackDefinition fallback = breaker.getOnFallback();
    if (fallback != null) {
      exits.addAll(draw(fallback, List.of(new Exit(id, "on failure")), id));
    }
    return exits;
  }

  private String add(NamedNode node, @Nullable String parent) {
    String known = node.getId();
    String wanted = known == null ? node.getShortName() : known;
    String id = wanted;
    for (int i = 2; !ids.add(id); i++) {
      id = wanted + "~" + i;
    }
    nodes.add(
        new RouteNode(
            id,
            node.getShortName(),
            words.text(node),
            Optional.ofNullable(node.getDescriptionText()),
            Optional.ofNullable(parent),
            NodeWords.line(node),
            node instanceof DisabledAwareDefinition aware && words.isTrue(aware.getDisabled()),
            words.target(node),
            figures.apply(node).or(() -> branchFigures(node))));
    return id;
  }

  /** Camel has no processor for a branch: what enters it is what enters the first one inside. */
  private Optional<NodeFigures> branchFigures(NamedNode node) {
    boolean isBranch =
        node instanceof WhenDefinition
            || node instanceof TryDefinition
            || node instanceof OtherwiseDefinition
            || node instanceof OnFallbackDefinition
            || node instanceof CatchDefinition
            || node instanceof FinallyDefinition
            || node instanceof OnExceptionDefinition
            || node instanceof OnCompletionDefinition;
    List<? extends NamedNode> inner = NodeWords.outputs(node);
    return isBranch && !inner.isEmpty() ? figures.apply(inner.get(0)) : Optional.empty();
  }
}
