package org.caravanserai.objects.internal.yaml;

import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes YAML in one way only: block style, two blanks, a line for each text. */
public final class YamlText {

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setIndent(4)
          .setIndicatorIndent(2)
          .setWidth(Integer.MAX_VALUE)
          .setSplitLines(false)
          .setMaxSimpleKeyLength(1024)
          .setSchema(new CoreSchema())
          .build();

  private YamlText() {}

  /** The text of some objects of one kind: {@code KIND:} and an item for each. */
  public static String kind(String kind, List<Map<String, Object>> items) {
    return write(Map.of(kind, items));
  }

  /** The text of a mapping. */
  public static String mapping(Map<String, ?> fields) {
    return write(fields);
  }

  /** The text of one item of a list in a mapping, from its dash to its line's end. */
  public static String item(Map<String, Object> fields) {
    String text = kind("k", List.of(fields));
    return text.substring(text.indexOf('\n') + 1);
  }

  private static String write(Object value) {
    return new Dump(SETTINGS, new Representer()).dumpToString(value);
  }

  private static final class Representer extends StandardRepresenter {

    Representer() {
      super(SETTINGS);
      representers.put(String.class, data -> text((String) data));
      parentClassRepresenters.put(Number.class, data -> number((Number) data));
      representers.keySet().removeIf(type -> type != null && Number.class.isAssignableFrom(type));
    }

    private Node text(String text) {
      boolean oneLine =
          text.chars().noneMatch(c -> c < ' ' || c == 0x85 || c == 0x2028 || c == 0x2029);
      // A reference to the environment has a tag of its own, and needs no quotes.
      Tag found = SETTINGS.getSchema().getScalarResolver().resolve(text, true);
      Tag tag = found.equals(Tag.ENV_TAG) ? found : Tag.STR;
      return representScalar(tag, text, oneLine ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }

    private Node number(Number number) {
      String text = number.toString();
      boolean whole = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
      return representScalar(whole ? Tag.INT : Tag.FLOAT, text, ScalarStyle.PLAIN);
    }
  }
}
