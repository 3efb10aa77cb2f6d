package org.caravanserai.objects.internal.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML 1.2 files of one document whose root is a mapping. */
public final class YamlReader {

  private final YamlLimits limits;

  /** Reads within limits. */
  public YamlReader(YamlLimits limits) {
    this.limits = limits;
  }

  /** What a file may ask for. */
  public YamlLimits limits() {
    return limits;
  }

  /**
   * Reads a file.
   *
   * @param content UTF-8
   * @param problems told what is wrong with it
   * @return its root; empty if it can't be read
   */
  public Optional<YamlValue.Mapping> read(byte[] content, Problems problems) {
    if (content.length > limits.maxBytes()) {
      problems.error(
          Place.UNKNOWN,
          "the file has %d bytes; at most %d are allowed (setting max_file_size)"
              .formatted(content.length, limits.maxBytes()));
      return Optional.empty();
    }
    return decode(content, problems).flatMap(text -> parse(text, problems));
  }

  private static Optional<String> decode(byte[] content, Problems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(content.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(content), text, true);
    text.flip();
    if (result.isError()) {
      problems.error(Place.in(text, text.length()), "the file is not UTF-8 from here on");
      return Optional.empty();
    }
    String read = text.toString();
    return Optional.of(read.startsWith("\uFEFF") ? read.substring(1) : read);
  }

  private Optional<YamlValue.Mapping> parse(String text, Problems problems) {
    if (text.isBlank()) {
      problems.error(
          Place.UNKNOWN, "the file is empty; write {} to say that there are no objects in it");
      return Optional.empty();
    }
    try {
      return compose(text, problems);
    } catch (YamlLimitException e) {
      problems.error(e.place(), String.valueOf(e.getMessage()));
    } catch (MarkedYamlEngineException e) {
      Place place =
          YamlTree.place(e.getProblemMark().isPresent() ? e.getProblemMark() : e.getContextMark());
      problems.error(place, "not YAML: " + e.getProblem());
    } catch (ReaderException e) {
      problems.error(
          Place.in(text, e.getPosition()),
          "not YAML: the character U+%04X is not allowed".formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      problems.error(Place.UNKNOWN, "not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private Optional<YamlValue.Mapping> compose(String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(limits.maxBytes())
            .setMaxAliasesForCollections(limits.maxAliases())
            .build();
    ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
    Composer composer = new Composer(settings, new DepthLimitedParser(parser, limits.maxDepth()));
    if (!composer.hasNext()) {
      return Optional.of(new YamlValue.Mapping(Place.UNKNOWN, Map.of()));
    }
    Node root = composer.next();
    if (composer.hasNext()) {
      problems.error(
          YamlTree.place(composer.next().getStartMark()), "a second document; a file holds one");
      return Optional.empty();
    }
    long before = problems.errors();
    Optional<YamlValue> value = new YamlTree(problems).value(root);
    if (problems.errors() > before) {
      return Optional.empty();
    }
    if (value.orElse(null) instanceof YamlValue.Mapping mapping) {
      return Optional.of(mapping);
    }
    if (value.orElse(null) instanceof YamlValue.Scalar scalar && scalar.isNull()) {
      return Optional.of(new YamlValue.Mapping(scalar.place(), Map.of()));
    }
    problems.error(
        YamlTree.place(root.getStartMark()),
        "expected a mapping from kinds to lists of objects, found "
            + value.map(YamlValue::describe).orElse("nothing"));
    return Optional.empty();
  }
}
