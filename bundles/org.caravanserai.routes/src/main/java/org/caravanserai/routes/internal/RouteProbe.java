package org.caravanserai.routes.internal;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.caravanserai.camel.NodeFigures;
import org.jspecify.annotations.Nullable;

/**
 * Stands around each processor of a context's routes: it counts, and records the messages of routes
 * that are traced. An MBean of Camel for each processor would hold some 20 KB and measure more.
 */
final class RouteProbe implements InterceptStrategy {

  private final RouteTraces traces;

  /** By the model's node, which stays the same when a route is made anew. */
  private final Map<NamedNode, NodeMeter> meters =
      Collections.synchronizedMap(new IdentityHashMap<>());

  RouteProbe(RouteTraces traces) {
    this.traces = traces;
  }

  /** What a node has done; empty if it has no processor. */
  Optional<NodeFigures> figures(NamedNode node) {
    return Optional.ofNullable(meters.get(node)).map(NodeMeter::figures);
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode node, Processor target, Processor nextTarget) {
    RouteDefinition route = ProcessorDefinitionHelper.getRoute(node);
    NodeMeter meter = meters.computeIfAbsent(node, each -> new NodeMeter());
    return new Probed(target, meter, new RoutePlace(route, node));
  }

  /** A processor that is counted. */
  private final class Probed extends DelegateAsyncProcessor {

    private final NodeMeter meter;
    private final RoutePlace place;

    Probed(Processor target, NodeMeter meter, RoutePlace place) {
      super(target);
      this.meter = meter;
      this.place = place;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      RecordedStep step = traces.enter(exchange, place);
      meter.entered();
      return super.process(
          exchange, new Leaving(exchange, callback, meter, step, System.nanoTime()));
    }
  }

  /** What is done when an exchange leaves a processor. */
  private record Leaving(
      Exchange exchange,
      AsyncCallback callback,
      NodeMeter meter,
      @Nullable RecordedStep step,
      long start)
      implements AsyncCallback {

    @Override
    public void done(boolean doneSync) {
      meter.left(System.nanoTime() - start, exchange.getException() != null);
      if (step != null) {
        step.left(exchange);
      }
      callback.done(doneSync);
    }
  }
}
