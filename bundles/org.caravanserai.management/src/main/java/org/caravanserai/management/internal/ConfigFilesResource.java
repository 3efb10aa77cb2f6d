package org.caravanserai.management.internal;

import java.util.List;
import java.util.stream.Stream;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.WatchedFile;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The files in the watched folders that are no deployments, and what is wrong with them. */
@Component(service = Resource.class)
public final class ConfigFilesResource implements Resource {

  private final List<ApiOperation> operations;

  /** Made by the container. */
  @Activate
  public ConfigFilesResource(@Reference Deployments deployments) {
    Listing<WatchedFile> listing =
        new Listing<WatchedFile>(file -> Stream.of(file.path())).by("path", WatchedFile::path);
    operations =
        List.of(
            ApiOperation.of(
                    "GET",
                    "/api/v1/config/files",
                    Operation.CONFIG_READ,
                    "the serai*.yaml files and libraries in the watched folders, and what is wrong with them",
                    exchange ->
                        exchange.json(200, listing.page(deployments.files(), exchange.query())))
                .with(listing.parameters())
                .answers(200, new PageOf(WatchedFile.class)));
  }

  @Override
  public List<ApiOperation> operations() {
    return operations;
  }
}
