package org.caravanserai.management.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.caravanserai.objects.ImportResult;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.objects.WrittenForms;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The configuration as a whole: all objects out, all objects in. */
@Component(service = Resource.class)
public final class ConfigurationResource implements Resource {

  private static final String YAML = "application/yaml; charset=utf-8";

  /** More than any file that is taken; what is too large is told with the name of the setting. */
  private static final int LARGEST_FILE = 64 * 1024 * 1024;

  private final ObjectStore objects;

  /** Made by the container. */
  @Activate
  public ConfigurationResource(@Reference ObjectStore objects) {
    this.objects = objects;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/config/export",
                Operation.CONFIG_READ,
                "objects as YAML, in one form only",
                this::write)
            .with(
                List.of(
                    QueryParameter.text("kind", "only objects of this kind"),
                    QueryParameter.text("name", "only objects of this name")))
            .answers(200, "application/yaml", Map.of("type", "string")),
        ApiOperation.of(
                "POST",
                "/api/v1/config/convert",
                Operation.CONFIG_READ,
                "the fields of an object in both forms, only looking at their syntax; body: JSON"
                    + " or YAML",
                this::convert)
            .takes("application/yaml", Map.of("type", "string"))
            .answers(200, WrittenForms.class)
            .refuses(413, 422),
        ApiOperation.of(
                "POST",
                "/api/v1/config/import",
                Operation.CONFIG_IMPORT,
                "makes objects what a YAML document says, all of them or none",
                this::read)
            .with(
                List.of(
                    QueryParameter.flag("dryRun", "only tell what would happen"),
                    QueryParameter.flag("prune", "take away what the document does not name")))
            .takes("application/yaml", Map.of("type", "string"))
            .answers(200, ImportResult.class)
            .refuses(409, 413, 422, 507));
  }

  private void write(ApiExchange exchange) throws IOException {
    Query query = exchange.query();
    String yaml = objects.export(query.text("kind"), query.text("name"));
    exchange.answer(200, YAML, yaml.getBytes(StandardCharsets.UTF_8));
  }

  private void convert(ApiExchange exchange) throws IOException, Problem {
    exchange.json(200, objects.convert(ObjectsResource.document(exchange)));
  }

  private void read(ApiExchange exchange) throws IOException, Problem {
    boolean dryRun = exchange.query().flag("dryRun");
    boolean prune = exchange.query().flag("prune");
    exchange.json(200, objects.importYaml(exchange.body(LARGEST_FILE), dryRun, prune));
  }
}
