package org.caravanserai.runtime.internal.docs;

import com.sun.source.doctree.AttributeTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.ErroneousTree;
import com.sun.source.doctree.IndexTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.SummaryTree;
import com.sun.source.doctree.SystemPropertyTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.UnknownInlineTagTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.util.DocTrees;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a doc comment says as Markdown (CommonMark 0.31). What can be said by it stays, such as
 * lists and code; all other elements of HTML go, and nothing that is left is one for a reader.
 */
final class MarkdownText {

  private static final String FENCE = "```";

  private final DocTrees trees;
  private final StringBuilder text = new StringBuilder();

  /** What is inside of {@code pre} or {@code code}; {@code null} outside. */
  private @Nullable StringBuilder code;

  private boolean isBlock;
  private @Nullable String target;

  private MarkdownText(DocTrees trees) {
    this.trees = trees;
  }

  /** The text of a part of a comment. */
  static String of(List<? extends DocTree> parts, DocTrees trees) {
    MarkdownText made = new MarkdownText(trees);
    made.addAll(parts);
    made.endCode();
    return made.text.toString().strip();
  }

  private void addAll(List<? extends DocTree> parts) {
    parts.forEach(this::add);
  }

  private void add(DocTree part) {
    switch (part.getKind()) {
      case TEXT -> addText(((TextTree) part).getBody());
      case LITERAL -> addText(((LiteralTree) part).getBody().getBody());
      case CODE -> addCode(((LiteralTree) part).getBody().getBody());
      case LINK, LINK_PLAIN -> addLink((LinkTree) part);
      case ENTITY -> addEntity((EntityTree) part);
      case START_ELEMENT -> start((StartElementTree) part);
      case END_ELEMENT -> end(((EndElementTree) part).getName().toString());
      case ERRONEOUS -> addText(((ErroneousTree) part).getBody());
      case SUMMARY -> addAll(((SummaryTree) part).getSummary());
      case RETURN -> addAll(((ReturnTree) part).getDescription());
      case INDEX -> add(((IndexTree) part).getSearchTerm());
      case SYSTEM_PROPERTY -> addCode(((SystemPropertyTree) part).getPropertyName().toString());
      case VALUE -> {
        if (((ValueTree) part).getReference() != null) {
          addCode(name(((ValueTree) part).getReference().getSignature()));
        }
      }
      case UNKNOWN_INLINE_TAG -> addAll(((UnknownInlineTagTree) part).getContent());
      default -> {
        // Comments of HTML, and what stands for the text of something else.
      }
    }
  }

  private void addLink(LinkTree link) {
    if (link.getLabel().isEmpty()) {
      addCode(name(link.getReference().getSignature()));
    } else {
      addAll(link.getLabel());
    }
  }

  private static String name(String signature) {
    String name = signature.replace('#', '.');
    return name.startsWith(".") ? name.substring(1) : name;
  }

  private void addEntity(EntityTree entity) {
    String characters = trees.getCharacters(entity);
    addText(characters == null ? "&" + entity.getName() + ";" : characters);
  }

  private void addText(String words) {
    StringBuilder inside = code;
    if (inside != null) {
      inside.append(words);
      return;
    }
    // A line of a comment begins with a blank behind its star.
    for (char each : words.replace("\n ", "\n").toCharArray()) {
      int last = text.length() - 1;
      if (last >= 0 && text.charAt(last) == '<' && opensMarkup(each)) {
        text.insert(last, '\\');
      }
      text.append(each);
    }
  }

  private static boolean opensMarkup(char next) {
    return Character.isLetter(next) || next == '/' || next == '!' || next == '?';
  }

  private void addCode(String content) {
    StringBuilder inside = code;
    if (inside != null) {
      inside.append(content);
    } else if (!content.isBlank()) {
      // In one line, as a span of code is.
      text.append(quoted(content.strip().replace('\n', ' ')));
    }
  }

  private static String quoted(String content) {
    String quote = "`".repeat(longestQuote(content) + 1);
    boolean isTight = content.startsWith("`") || content.endsWith("`");
    return isTight ? quote + " " + content + " " + quote : quote + content + quote;
  }

  private static int longestQuote(String content) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < content.length(); i++) {
      run = content.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private void start(StartElementTree element) {
    switch (element.getName().toString().toLowerCase(Locale.ROOT)) {
      case "pre" -> beginCode(true);
      case "code", "tt", "kbd", "samp" -> beginCode(false);
      case "br" -> addText("\n");
      case "p", "div", "ul", "ol", "dl", "table", "blockquote" -> gap("\n\n");
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        gap("\n\n");
        mark("**");
      }
      case "li" -> gap("\n- ");
      case "tr", "dt", "dd" -> gap("\n");
      case "td", "th" -> addText(" ");
      case "b", "strong" -> mark("**");
      case "i", "em" -> mark("*");
      case "a" -> {
        target = address(element);
        mark(target == null ? "" : "[");
      }
      default -> {
        // The text inside is all that can be told.
      }
    }
  }

  private void end(String element) {
    switch (element.toLowerCase(Locale.ROOT)) {
      case "pre" -> endCode();
      case "code", "tt", "kbd", "samp" -> {
        if (!isBlock) {
          endCode();
        }
      }
      case "p", "div", "ul", "ol", "dl", "table", "blockquote" -> gap("\n\n");
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        mark("**");
        gap("\n\n");
      }
      case "b", "strong" -> mark("**");
      case "i", "em" -> mark("*");
      case "a" -> {
        mark(target == null ? "" : "](" + target + ")");
        target = null;
      }
      default -> {
        // As where it began.
      }
    }
  }

  private void mark(String characters) {
    if (code == null) {
      text.append(characters);
    }
  }

  /** What follows begins there, whatever blanks are between. */
  private void gap(String characters) {
    if (code == null) {
      text.setLength(text.toString().stripTrailing().length());
      text.append(characters);
    }
  }

  private void beginCode(boolean asBlock) {
    if (code == null) {
      code = new StringBuilder();
      isBlock = asBlock;
    }
  }

  private void endCode() {
    StringBuilder inside = code;
    code = null;
    if (inside == null) {
      return;
    }
    if (isBlock) {
      String lines = inside.toString().stripTrailing();
      lines = lines.startsWith("\n") ? lines.substring(1) : lines;
      String fence = FENCE + "`".repeat(Math.max(0, longestQuote(lines) - 2));
      gap("\n\n");
      text.append(fence).append('\n').append(lines).append('\n').append(fence).append("\n\n");
    } else {
      addCode(inside.toString());
    }
    isBlock = false;
  }

  /** Where an {@code a} leads, if that is the web. */
  private static @Nullable String address(StartElementTree element) {
    for (DocTree each : element.getAttributes()) {
      if (each instanceof AttributeTree attribute
          && attribute.getName().contentEquals("href")
          && attribute.getValue() != null) {
        StringBuilder value = new StringBuilder();
        attribute.getValue().forEach(value::append);
        String address = value.toString();
        boolean isPlain = address.chars().noneMatch(c -> c <= ' ' || "()<>\\".indexOf(c) >= 0);
        boolean isWeb = address.startsWith("https://") || address.startsWith("http://");
        return isPlain && isWeb ? address : null;
      }
    }
    return null;
  }
}
