package org.caravanserai.runtime.internal.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads doc comments as the JDK's own compiler does; without that nothing is said. */
public final class CommentReader {

  private static final Logger LOG = LoggerFactory.getLogger(CommentReader.class);

  private static final String BEGIN = "/**";

  /** What fits where somebody reads it beside a source. */
  private static final int LONGEST = 8_000;

  private CommentReader() {}

  /** What comments say, in Markdown, by the same names; without those that say nothing. */
  public static Map<String, String> markdown(Map<String, String> comments) {
    Map<String, String> said = new HashMap<>();
    read(comments, LONGEST)
        .forEach(
            (name, doc) -> {
              if (!doc.text().isBlank()) {
                said.put(name, doc.text());
              }
            });
    return said;
  }

  /**
   * Reads comments.
   *
   * @param comments the comments by any names
   * @param length how many characters of each are read
   * @return what they say, by the same names; without those that can't be read
   */
  static Map<String, Doc> read(Map<String, String> comments, int length) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      LOG.info("Services are told without their Javadoc: this Java has no compiler to read it");
      return Map.of();
    }
    Map<URI, String> names = new HashMap<>();
    List<Commented> sources = new ArrayList<>();
    for (Map.Entry<String, String> each : comments.entrySet()) {
      URI source = URI.create("memory:/" + sources.size() + ".java");
      names.put(source, each.getKey());
      sources.add(new Commented(source, cut(each.getValue(), length)));
    }
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(problem -> {}, Locale.ENGLISH, StandardCharsets.UTF_8)) {
      // Its sources are parsed and no more: there is no class path to look at.
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, problem -> {}, List.of("-proc:none", "-cp", ""), null, sources);
      DocTrees trees = DocTrees.instance(task);
      Map<String, Doc> docs = new HashMap<>();
      for (CompilationUnitTree unit : task.parse()) {
        DocCommentTree comment = comment(unit, trees);
        String name = names.get(unit.getSourceFile().toUri());
        if (comment != null && name != null) {
          docs.put(name, doc(comment, trees));
        }
      }
      return docs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (StackOverflowError e) {
      LOG.warn("Javadoc is nested too deeply to be told: {}", comments.keySet());
      return Map.of();
    }
  }

  private static @Nullable DocCommentTree comment(CompilationUnitTree unit, DocTrees trees) {
    for (Tree each : unit.getTypeDecls()) {
      return trees.getDocCommentTree(TreePath.getPath(unit, each));
    }
    return null;
  }

  private static Doc doc(DocCommentTree comment, DocTrees trees) {
    Map<String, String> parameters = new HashMap<>();
    for (DocTree tag : comment.getBlockTags()) {
      if (tag instanceof ParamTree parameter && !parameter.isTypeParameter()) {
        String text = MarkdownText.of(parameter.getDescription(), trees);
        if (!text.isEmpty()) {
          parameters.put(parameter.getName().getName().toString(), text);
        }
      }
    }
    return new Doc(
        MarkdownText.of(comment.getFirstSentence(), trees).replaceAll("\\s+", " "),
        MarkdownText.of(comment.getFullBody(), trees),
        Map.copyOf(parameters));
  }

  /** Where a word ends, so that neither an escape nor a pair of surrogates is torn. */
  private static String cut(String comment, int length) {
    int limit = Math.max(BEGIN.length(), length);
    if (comment.length() <= limit) {
      return comment;
    }
    int end = Math.max(comment.lastIndexOf(' ', limit), comment.lastIndexOf('\n', limit));
    return comment.substring(0, end < BEGIN.length() ? limit : end) + " …*/";
  }

  /** A source of one class, with a comment. */
  private static final class Commented extends SimpleJavaFileObject {

    private final String comment;

    Commented(URI source, String comment) {
      super(source, JavaFileObject.Kind.SOURCE);
      this.comment = comment;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return comment + "\nclass Commented {}";
    }
  }
}
