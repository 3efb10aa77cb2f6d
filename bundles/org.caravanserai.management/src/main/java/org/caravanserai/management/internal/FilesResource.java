package org.caravanserai.management.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.FileCondition;
import org.caravanserai.deploy.FileRefusedException;
import org.caravanserai.deploy.FileText;
import org.caravanserai.deploy.Folder;
import org.caravanserai.deploy.FolderFile;
import org.caravanserai.deploy.FolderFiles;
import org.caravanserai.deploy.SaveResult;
import org.caravanserai.management.Page;
import org.caravanserai.security.Operation;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The files in the watched folders: list, read, save, rename, delete. */
@Component(service = Resource.class)
public final class FilesResource implements Resource {

  private static final int LARGEST_FILE = 10 * 1024 * 1024;
  private static final int LARGEST_COMMAND = 64 * 1024;
  private static final String ONE = "/api/v1/files/{path+}";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final FolderFiles files;
  private final Listing<FolderFile> listing =
      new Listing<FolderFile>(each -> Stream.of(each.path()))
          .by("path", FolderFile::path)
          .by("type", FolderFile::type)
          .by("deployment", each -> each.deployment().orElse(""))
          .by("state", each -> each.state().orElse(""))
          .by("differs", each -> Boolean.toString(each.differs()))
          .sortedBy("size", FolderFile::size)
          .sortedBy("modifiedAt", FolderFile::modifiedAt);

  /** Made by the container. */
  @Activate
  public FilesResource(@Reference Deployments deployments) {
    this.files = deployments.folderFiles();
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/files",
                Operation.FILES_READ,
                "the files in the watched folders, what became of each, and what is wrong with it",
                this::list)
            .with(listing.parameters())
            .answers(200, Listed.class),
        ApiOperation.of("GET", ONE, Operation.FILES_TEXT, "the text of one; ETag", this::read)
            .answers(200, TEXT, Map.of("type", "string"))
            .refuses(404, 413, 415),
        ApiOperation.of(
                "PUT",
                ONE,
                Operation.FILES_WRITE,
                "saves it, once it is live or applied; body: the text; If-Match: its ETag,"
                    + " or If-None-Match: *",
                this::save)
            .with(
                List.of(
                    QueryParameter.flag("dryRun", "only tell what is wrong, and run nothing of it"),
                    QueryParameter.flag("force", "also if bundles of others are restarted by it")))
            .takes(TEXT, Map.of("type", "string"))
            .answers(200, Saved.class)
            .answers(201, Saved.class)
            .answers(409, ProblemDocument.CONTENT_TYPE, Refusals.Disturbing.class)
            .answers(412, ProblemDocument.CONTENT_TYPE, Outdated.class)
            .answers(422, ProblemDocument.CONTENT_TYPE, Refusals.Rejected.class)
            .refuses(413, 415, 507),
        ApiOperation.of(
                "DELETE",
                ONE,
                Operation.FILES_WRITE,
                "deletes it and ends its effect; If-Match: its ETag",
                this::delete)
            .answers(204, "", Map.of())
            .answers(412, ProblemDocument.CONTENT_TYPE, Outdated.class)
            .answers(422, ProblemDocument.CONTENT_TYPE, Refusals.Rejected.class)
            .refuses(404, 507),
        ApiOperation.of(
                "POST",
                ONE + "/rename",
                Operation.FILES_WRITE,
                "gives it another path, while its services go on; body: {\"to\":\"...\"};"
                    + " If-Match: its ETag",
                this::rename)
            .takes("application/json", Renaming.class)
            .answers(200, Saved.class)
            .answers(412, ProblemDocument.CONTENT_TYPE, Outdated.class)
            .answers(422, ProblemDocument.CONTENT_TYPE, Refusals.Rejected.class)
            .refuses(404, 409, 413, 415, 507));
  }

  private void list(ApiExchange exchange) throws IOException, Problem {
    Page<FolderFile> page = listing.page(files.list(), exchange.query());
    exchange.json(200, new Listed(page.items(), page.total(), files.folders()));
  }

  private void read(ApiExchange exchange) throws IOException, Problem {
    try {
      FileText found = files.read(exchange.parameter("path"));
      String etag = quoted(found.etag());
      exchange.header("ETag", etag);
      if (etag.equals(exchange.header("If-None-Match"))) {
        exchange.notModified();
        return;
      }
      exchange.answer(200, TEXT, found.text().getBytes(StandardCharsets.UTF_8));
    } catch (FileRefusedException e) {
      throw refused(e);
    }
  }

  private void save(ApiExchange exchange) throws IOException, Problem {
    FileCondition condition = condition(exchange);
    boolean dryRun = exchange.query().flag("dryRun");
    boolean force = exchange.query().flag("force");
    byte[] text = exchange.body(LARGEST_FILE);
    long begin = System.nanoTime();
    try {
      SaveResult result = files.save(exchange.parameter("path"), text, condition, dryRun, force);
      tell(result, begin, exchange);
    } catch (FileRefusedException e) {
      throw refused(e);
    }
  }

  private void delete(ApiExchange exchange) throws IOException, Problem {
    try {
      SaveResult result = files.delete(exchange.parameter("path"), condition(exchange));
      if (result instanceof SaveResult.Saved) {
        exchange.done();
      } else {
        tell(result, System.nanoTime(), exchange);
      }
    } catch (FileRefusedException e) {
      throw refused(e);
    }
  }

  private void rename(ApiExchange exchange) throws IOException, Problem {
    FileCondition condition = condition(exchange);
    JsonNode to = Json.read(exchange.body(LARGEST_COMMAND)).path("to");
    if (!to.isTextual()) {
      throw new Problem(400, "/to: expected the new path");
    }
    long begin = System.nanoTime();
    try {
      SaveResult result = files.rename(exchange.parameter("path"), to.textValue(), condition);
      tell(result, begin, exchange);
    } catch (FileRefusedException e) {
      throw refused(e);
    }
  }

  private static void tell(SaveResult result, long begin, ApiExchange exchange) throws IOException {
    if (result instanceof SaveResult.Saved saved) {
      exchange.header("ETag", quoted(saved.etag()));
      exchange.json(
          saved.created() && !saved.status().startsWith("would-") ? 201 : 200,
          new Saved(
              saved.path(),
              saved.etag(),
              saved.status(),
              saved.deployment(),
              saved.revision(),
              saved.services(),
              (System.nanoTime() - begin) / 1_000_000.0,
              saved.differs(),
              saved.diagnostics()));
    } else if (result instanceof SaveResult.Rejected rejected) {
      Refusals.rejected(exchange, rejected.stage(), rejected.diagnostics());
    } else if (result instanceof SaveResult.Disturbing disturbing) {
      Refusals.disturbing(exchange, exchange.parameter("path"), disturbing.affected());
    } else if (result instanceof SaveResult.Outdated outdated) {
      Optional<String> etag = outdated.now().map(FileText::etag);
      etag.ifPresent(hash -> exchange.header("ETag", quoted(hash)));
      exchange.json(
          412,
          ProblemDocument.CONTENT_TYPE,
          new Outdated(
              "about:blank",
              ProblemDocument.title(412),
              412,
              etag.isPresent()
                  ? "The file is another now: look at it before you change it"
                  : "There is no such file",
              exchange.cid(),
              etag,
              outdated.now().map(FileText::text)));
    }
  }

  private static FileCondition condition(ApiExchange exchange) throws Problem {
    String noneMatch = exchange.header("If-None-Match");
    if (noneMatch != null && !noneMatch.equals("*")) {
      throw new Problem(400, "If-None-Match is * here");
    }
    return new FileCondition(etag(exchange.header("If-Match")), noneMatch != null);
  }

  private static Optional<String> etag(@Nullable String ifMatch) throws Problem {
    if (ifMatch == null || ifMatch.equals("*")) {
      return Optional.empty();
    }
    if (ifMatch.length() > 2 && ifMatch.startsWith("\"") && ifMatch.endsWith("\"")) {
      return Optional.of(ifMatch.substring(1, ifMatch.length() - 1));
    }
    throw new Problem(400, "If-Match is one ETag in quotes, or *");
  }

  private static String quoted(String etag) {
    return "\"" + etag + "\"";
  }

  /** The same as a problem. */
  static Problem refused(FileRefusedException e) {
    int status =
        switch (e.reason()) {
          case PATH -> 400;
          case MISSING -> 404;
          case CONFLICT -> 409;
          case TOO_LARGE -> 413;
          case NO_TEXT -> 415;
        };
    return new Problem(status, String.valueOf(e.getMessage()));
  }

  /** The list, and where there is room for more. */
  private record Listed(List<FolderFile> items, int total, List<Folder> folders) {}

  /** The body of a renaming. */
  private record Renaming(String to) {}

  /**
   * The body of a success.
   *
   * @param millis how long it took
   * @param differs whether the file could not be written though its content is live
   */
  private record Saved(
      String path,
      String etag,
      String status,
      Optional<String> deployment,
      Optional<Integer> revision,
      List<String> services,
      double millis,
      boolean differs,
      List<Diagnostic> diagnostics) {}

  /** The body of a refusal because another one was faster, with what is there now. */
  private record Outdated(
      String type,
      String title,
      int status,
      String detail,
      String cid,
      Optional<String> etag,
      Optional<String> text) {}
}
