package org.caravanserai.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.caravanserai.runtime.internal.docs.CommentReader;

/**
 * The doc comments of classes, as they stand in the sources, from the slash that begins to the one
 * that ends each. They lie beside the classes, as the resource {@link #PATH}, and are read when
 * somebody asks for the docs of a service.
 *
 * @param comments by the binary name of the class; those of constants of an enum by that name,
 *     {@code #} and their own
 */
public record DocComments(Map<String, String> comments) {

  /** Where they lie: a JSON object of texts, in UTF-8. */
  public static final String PATH = "META-INF/serai/doc-comments.json";

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  /** Keeps them as they are now. */
  public DocComments {
    comments = Map.copyOf(comments);
  }

  /** What comments say, in Markdown, by the same names; without those that say nothing. */
  public static Map<String, String> markdown(Map<String, String> comments) {
    return comments.isEmpty() ? Map.of() : CommentReader.markdown(comments);
  }

  /** The resource. */
  public byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(comments);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Those of the classes of a loader; none if it has no such resource.
   *
   * @throws IOException if it can't be read
   */
  public static DocComments of(ClassLoader loader) throws IOException {
    try (InputStream resource = loader.getResourceAsStream(PATH)) {
      return new DocComments(resource == null ? Map.of() : JSON.readValue(resource, TEXTS));
    } catch (NullPointerException e) {
      throw new IOException("one of them is null", e);
    }
  }
}
