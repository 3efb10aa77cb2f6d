package org.caravanserai.objects.internal.yaml;

import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/** A parser that stops before nesting gets so deep that a stack could overflow. */
final class DepthLimitedParser implements Parser {

  private final Parser parser;
  private final int maxDepth;
  private int depth;

  DepthLimitedParser(Parser parser, int maxDepth) {
    this.parser = parser;
    this.maxDepth = maxDepth;
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public boolean checkEvent(Event.ID id) {
    return parser.checkEvent(id);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    if (event instanceof CollectionStartEvent && ++depth > maxDepth) {
      throw new YamlLimitException(
          YamlTree.place(event.getStartMark()),
          "nested deeper than " + maxDepth + " levels (setting max_depth)");
    }
    if (event instanceof CollectionEndEvent) {
      depth--;
    }
    return event;
  }
}
