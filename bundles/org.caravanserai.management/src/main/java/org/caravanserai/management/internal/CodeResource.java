package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.deploy.CodeAssist;
import org.caravanserai.deploy.CodeAssist.Completions;
import org.caravanserai.deploy.CodeAssist.Hover;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.FileRefusedException;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the compiler knows of Java sources that are being written. */
@Component(service = Resource.class)
public final class CodeResource implements Resource {

  private static final int LARGEST_TEXT = 4 * 1024 * 1024;

  private final CodeAssist assist;

  /** Those for whom the compiler is at work. */
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /** Made by the container. */
  @Activate
  public CodeResource(@Reference Deployments deployments) {
    this.assist = deployments.codeAssist();
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "POST",
                "/api/v1/code/completions",
                Operation.CODE_ASSIST,
                "what may stand at a place in a Java source, which need not compile;"
                    + " body: {\"path\",\"text\",\"offset\"}",
                this::complete)
            .takes("application/json", Question.class)
            .answers(200, Completions.class)
            .refuses(400, 409, 413, 415, 429),
        ApiOperation.of(
                "POST",
                "/api/v1/code/hover",
                Operation.CODE_ASSIST,
                "what stands at a place in a Java source, and its Javadoc; the same body;"
                    + " 204 if there is nothing to say",
                this::hover)
            .takes("application/json", Question.class)
            .answers(200, Hover.class)
            .answers(204, "", Map.of())
            .refuses(400, 409, 413, 415, 429));
  }

  private void complete(ApiExchange exchange) throws IOException, Problem {
    Question question = question(exchange);
    exchange.json(
        200,
        once(exchange, () -> assist.complete(question.path(), question.text(), question.offset())));
  }

  private void hover(ApiExchange exchange) throws IOException, Problem {
    Question question = question(exchange);
    Optional<Hover> found =
        once(exchange, () -> assist.hover(question.path(), question.text(), question.offset()));
    if (found.isPresent()) {
      exchange.json(200, found.get());
    } else {
      exchange.done();
    }
  }

  /** Work of the compiler. */
  private interface Work<T> {
    T run() throws FileRefusedException;
  }

  /** One look for each user at a time. */
  private <T> T once(ApiExchange exchange, Work<T> work) throws Problem {
    String user = exchange.user().name();
    if (!busy.add(user)) {
      throw new Problem(429, "The compiler is at work for " + user + ": ask again when it is done");
    }
    try {
      return work.run();
    } catch (FileRefusedException e) {
      throw FilesResource.refused(e);
    } finally {
      busy.remove(user);
    }
  }

  private static Question question(ApiExchange exchange) throws IOException, Problem {
    JsonNode body = Json.read(exchange.body(LARGEST_TEXT));
    String path = body.path("path").asText();
    String text = body.path("text").asText();
    JsonNode offset = body.path("offset");
    if (path.isEmpty() || !body.path("text").isTextual()) {
      throw new Problem(400, "/path, /text: expected texts");
    }
    if (!offset.isInt() || offset.intValue() < 0 || offset.intValue() > text.length()) {
      throw new Problem(400, "/offset: expected a whole number from 0 to " + text.length());
    }
    if (!path.endsWith(".java")) {
      throw new Problem(409, path + " is no Java source");
    }
    return new Question(path, text, offset.intValue());
  }

  /**
   * The body of a question.
   *
   * @param path the file
   * @param text what is in it now, in the editor
   * @param offset the place, in characters from 0
   */
  private record Question(String path, String text, int offset) {}
}
