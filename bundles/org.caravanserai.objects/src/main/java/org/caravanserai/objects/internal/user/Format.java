package org.caravanserai.objects.internal.user;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** The formats of user configuration files. */
enum Format {
  /** YAML 1.2. */
  YAML {
    @Override
    Optional<Map<String, Object>> read(byte[] content, YamlReader yaml, Problems problems) {
      return yaml.read(content, problems).map(Format::values);
    }
  },

  /** Lines {@code key = value}, where dots of a key divide levels. */
  PROPERTIES {
    @Override
    Optional<Map<String, Object>> read(byte[] content, YamlReader yaml, Problems problems) {
      return lines(content, yaml, problems, false);
    }
  },

  /** The same in {@code [sections]}. */
  INI {
    @Override
    Optional<Map<String, Object>> read(byte[] content, YamlReader yaml, Problems problems) {
      return lines(content, yaml, problems, true);
    }
  };

  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d+\\.\\d+([eE][-+]?\\d{1,3})?");

  /** The format of a file, by its name. */
  static Optional<Format> of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.startsWith(".")) {
      return Optional.empty();
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return Optional.of(YAML);
    }
    if (name.endsWith(".ini")) {
      return Optional.of(INI);
    }
    return name.endsWith(".properties") ? Optional.of(PROPERTIES) : Optional.empty();
  }

  /**
   * Reads a file: maps, lists, numbers, booleans and {@link Text}.
   *
   * @return empty if it can't be read, which the problems tell
   */
  abstract Optional<Map<String, Object>> read(byte[] content, YamlReader yaml, Problems problems);

  private static Optional<Map<String, Object>> lines(
      byte[] content, YamlReader yaml, Problems problems, boolean sections) {
    if (content.length > yaml.limits().maxBytes()) {
      problems.error(
          Place.UNKNOWN,
          "the file has %d bytes; at most %d are allowed (setting max_file_size)"
              .formatted(content.length, yaml.limits().maxBytes()));
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return Optional.of(new Lines(problems, sections).read(text));
    } catch (CharacterCodingException e) {
      problems.error(Place.UNKNOWN, "the file is not UTF-8");
      return Optional.empty();
    }
  }

  private static Map<String, Object> values(YamlValue.Mapping mapping) {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              Object value = value(entry.value());
              if (value != null) {
                values.put(key, value);
              }
            });
    return values;
  }

  private static @Nullable Object value(YamlValue written) {
    if (written instanceof YamlValue.Mapping mapping) {
      return values(mapping);
    }
    if (written instanceof YamlValue.Items items) {
      List<Object> values = new ArrayList<>();
      for (YamlValue each : items.items()) {
        Object value = value(each);
        if (value != null) {
          values.add(value);
        }
      }
      return values;
    }
    YamlValue.Scalar scalar = (YamlValue.Scalar) written;
    if (scalar.isNull()) {
      return null;
    }
    return scalar.plain() ? plain(scalar) : new Text(scalar.text(), scalar.place());
  }

  /** By the core schema of YAML 1.2 (section 10.3.2), without octal and hexadecimal numbers. */
  private static Object plain(YamlValue.Scalar scalar) {
    String text = scalar.text();
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return TRUE.contains(text);
    }
    if (WHOLE.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : new Text(text, scalar.place());
  }
}
