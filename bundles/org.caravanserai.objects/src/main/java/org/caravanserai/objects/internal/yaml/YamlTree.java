package org.caravanserai.objects.internal.yaml;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the nodes of the YAML library into values; what an alias stands for is turned once. */
final class YamlTree {

  private static final Set<Tag> TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.ENV_TAG, Tag.SEQ, Tag.MAP);

  private final Problems problems;
  private final IdentityHashMap<Node, Optional<YamlValue>> turned = new IdentityHashMap<>();

  YamlTree(Problems problems) {
    this.problems = problems;
  }

  /** The value of a node; empty if it stands inside itself. */
  Optional<YamlValue> value(Node node) {
    Optional<YamlValue> known = turned.get(node);
    if (known != null) {
      if (known.isEmpty()) {
        problems.error(place(node.getStartMark()), "a value that contains itself");
      }
      return known;
    }
    turned.put(node, Optional.empty());
    if (!TAGS.contains(node.getTag())) {
      problems.error(
          place(node.getStartMark()), "the tag " + node.getTag().getValue() + " is not supported");
    }
    Optional<YamlValue> value = Optional.of(turn(node));
    turned.put(node, value);
    return value;
  }

  private YamlValue turn(Node node) {
    Place place = place(node.getStartMark());
    if (node instanceof ScalarNode scalar) {
      return new YamlValue.Scalar(place, scalar.getValue(), scalar.isPlain());
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlValue> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        value(item).ifPresent(items::add);
      }
      return new YamlValue.Items(place, items);
    }
    return mapping(place, (MappingNode) node);
  }

  private YamlValue.Mapping mapping(Place place, MappingNode node) {
    Map<String, YamlValue.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Place key = place(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        problems.error(key, "a key must be a text");
        continue;
      }
      YamlValue.Entry first = entries.get(scalar.getValue());
      if (first != null) {
        problems.error(
            key, "duplicate key `" + scalar.getValue() + "`, first in line " + first.key().line());
        continue;
      }
      value(tuple.getValueNode())
          .ifPresent(value -> entries.put(scalar.getValue(), new YamlValue.Entry(key, value)));
    }
    return new YamlValue.Mapping(place, entries);
  }

  static Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.UNKNOWN);
  }
}
