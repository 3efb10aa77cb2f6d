package org.caravanserai.routes.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How files with Camel routes are written, and how each begins. */
enum RouteSyntax {
  /** Camel's YAML DSL: a list of {@code - route:}, {@code - from:}, {@code - rest:} and others. */
  YAML(".camel.yaml", "yaml"),
  /** Camel's XML DSL. */
  XML(".camel.xml", "xml");

  /** After a mark of byte order, comments, directives and empty lines. */
  private static final Pattern YAML_BEGIN =
      Pattern.compile(
          "\\A\\uFEFF?(?:[ \\t]*(?:#[^\\n]*|%[^\\n]*|---[ \\t]*(?:#[^\\n]*)?)?\\r?\\n)*+"
              + "(?:---[ \\t]+)?(?:[ \\t]*-(?:[ \\t\\r\\n]|\\z)|[ \\t]*[\\[{]|apiVersion[ \\t]*:|kind[ \\t]*:)");

  /** Any but {@code <features>}, which is Karaf's, after a declaration and comments. */
  private static final Pattern XML_BEGIN =
      Pattern.compile(
          "\\A\\uFEFF?(?:\\s++|<\\?.*?\\?>|<!--.*?-->)*+<(?!(?:[\\w.-]+:)?features[\\s/>])",
          Pattern.DOTALL);

  /** More than any head of comments needs. */
  private static final int HEAD = 65_536;

  private final String suffix;
  private final String loader;

  RouteSyntax(String suffix, String loader) {
    this.suffix = suffix;
    this.loader = loader;
  }

  /** How the names of its files end. */
  String suffix() {
    return suffix;
  }

  /** What Camel calls it. */
  String loader() {
    return loader;
  }

  /** The syntax in which a source begins; empty if in neither, as Java's sources do. */
  static Optional<RouteSyntax> of(byte[] content) {
    String head = new String(content, 0, Math.min(content.length, HEAD), StandardCharsets.UTF_8);
    if (XML_BEGIN.matcher(head).lookingAt()) {
      return Optional.of(XML);
    }
    return YAML_BEGIN.matcher(head).lookingAt() ? Optional.of(YAML) : Optional.empty();
  }

  /** The syntax of a file of that name. */
  static RouteSyntax ofFile(String fileName) {
    return fileName.endsWith(XML.suffix) ? XML : YAML;
  }

  /** All suffixes. */
  static List<String> suffixes() {
    return List.of(YAML.suffix, XML.suffix);
  }
}
