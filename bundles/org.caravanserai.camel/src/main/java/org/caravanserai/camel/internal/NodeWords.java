package org.caravanserai.camel.internal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.util.URISupport;
import org.caravanserai.camel.RouteTarget;
import org.jspecify.annotations.Nullable;

/** What is to be said of the nodes of a route. Placeholders stay: they may stand for secrets. */
final class NodeWords {

  private static final int LONGEST = 500;
  private static final String SERVICE = "service:";
  private static final String CONNECTION = "connection:";

  private final CamelContext context;

  NodeWords(CamelContext context) {
    this.context = context;
  }

  /** What is inside of a node. */
  static List<? extends NamedNode> outputs(NamedNode node) {
    if (node instanceof ProcessorDefinition<?> processor) {
      return processor.getOutputs();
    }
    return node instanceof OutputNode output ? output.getOutputs() : List.of();
  }

  /** The line of a node in its source, if Camel knows it. */
  static Optional<Integer> line(NamedNode node) {
    return node.getLineNumber() > 0 ? Optional.of(node.getLineNumber()) : Optional.empty();
  }

  /** An endpoint as a route has it, without passwords. */
  static String endpoint(@Nullable String uri) {
    return uri == null ? "" : cut(URISupport.sanitizeUri(uri));
  }

  /** The expression or the endpoint of a node. */
  String text(NamedNode node) {
    if (node instanceof SendDefinition<?> send) {
      return endpoint(send.getEndpointUri());
    }
    if (node instanceof ToDynamicDefinition send) {
      return endpoint(send.getUri());
    }
    if (node instanceof LogDefinition log) {
      return cut(String.valueOf(log.getMessage()));
    }
    if (node instanceof CatchDefinition caught) {
      return cut(String.join(", ", caught.getExceptions()));
    }
    if (node instanceof OnExceptionDefinition caught) {
      return cut(String.join(", ", caught.getExceptions()));
    }
    if (node instanceof ThrowExceptionDefinition thrown) {
      return cut(
          Stream.of(thrown.getExceptionType(), thrown.getMessage())
              .filter(Objects::nonNull)
              .collect(Collectors.joining(": ")));
    }
    if (node instanceof ChoiceDefinition) {
      return "";
    }
    Optional<String> expression = expression(node);
    Optional<String> name = name(node);
    if (name.isPresent()) {
      return cut(name.get() + expression.map(text -> " = " + text).orElse(""));
    }
    return cut(expression.orElseGet(() -> label(node)));
  }

  private static Optional<String> name(NamedNode node) {
    if (node instanceof SetHeaderDefinition header) {
      return Optional.ofNullable(header.getName());
    }
    if (node instanceof SetPropertyDefinition property) {
      return Optional.ofNullable(property.getName());
    }
    return node instanceof SetVariableDefinition variable
        ? Optional.ofNullable(variable.getName())
        : Optional.empty();
  }

  private static Optional<String> expression(NamedNode node) {
    ExpressionDefinition expression =
        node instanceof HasExpressionType having ? having.getExpressionType() : null;
    if (expression == null) {
      return Optional.empty();
    }
    String text = expression.getExpression();
    // An expression of Java has no text of its own.
    return Optional.of(text == null || text.isBlank() ? String.valueOf(expression) : text.strip());
  }

  /** What Camel calls a node, without what is inside of it. */
  private static String label(NamedNode node) {
    String label = String.valueOf(node.getLabel());
    String begin = node.getShortName() + "[";
    if (label.startsWith(begin) && label.endsWith("]")) {
      return outputs(node).isEmpty() ? label.substring(begin.length(), label.length() - 1) : "";
    }
    return label.equals(node.getShortName()) || !outputs(node).isEmpty() ? "" : label;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** What of the server a node leads to. */
  Optional<RouteTarget> target(NamedNode node) {
    String uri = node instanceof SendDefinition<?> send ? send.getEndpointUri() : null;
    return uri == null ? Optional.empty() : target(resolve(uri));
  }

  /** What of the server a route is. */
  Optional<RouteTarget> source(String uri) {
    String plain = plain(uri);
    return plain.startsWith(SERVICE)
        ? Optional.of(new RouteTarget("service", plain.substring(SERVICE.length())))
        : Optional.empty();
  }

  private Optional<RouteTarget> target(String uri) {
    String plain = plain(uri);
    if (plain.startsWith(SERVICE)) {
      return source(uri);
    }
    if (plain.startsWith(CONNECTION)) {
      String name = plain.substring(CONNECTION.length());
      return name.indexOf('/') > 0
          ? Optional.of(new RouteTarget("connection", name))
          : Optional.empty();
    }
    if (plain.startsWith("direct:") || plain.startsWith("seda:")) {
      for (Route each : context.getRoutes()) {
        if (plain(each.getEndpoint().getEndpointUri()).equals(plain)) {
          return Optional.of(new RouteTarget("route", each.getId()));
        }
      }
    }
    return Optional.empty();
  }

  /** A URI without its options, and without the slashes that Camel puts at its beginning. */
  private static String plain(String uri) {
    int options = uri.indexOf('?');
    String path = options < 0 ? uri : uri.substring(0, options);
    return path.replaceFirst("^([a-z-]+:)//", "$1");
  }

  /** Whether an option is set. */
  boolean isTrue(@Nullable String option) {
    return option != null && Boolean.parseBoolean(resolve(option));
  }

  private String resolve(String text) {
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (RuntimeException e) {
      return text;
    }
  }
}
