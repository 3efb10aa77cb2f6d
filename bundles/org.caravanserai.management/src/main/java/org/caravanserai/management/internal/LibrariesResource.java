package org.caravanserai.management.internal;

import java.util.List;
import java.util.stream.Stream;
import org.caravanserai.deploy.Deployments;
import org.caravanserai.deploy.LibraryInfo;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The shared libraries, and who uses them. */
@Component(service = Resource.class)
public final class LibrariesResource implements Resource {

  private final List<ApiOperation> operations;

  /** Made by the container. */
  @Activate
  public LibrariesResource(@Reference Deployments deployments) {
    Listing<LibraryInfo> listing =
        new Listing<LibraryInfo>(
                each ->
                    Stream.of(
                            Stream.of(each.name(), each.version()),
                            each.files().stream(),
                            each.usedBy().stream())
                        .flatMap(texts -> texts))
            .by("name", LibraryInfo::name)
            .by("version", LibraryInfo::version)
            .by("status", LibraryInfo::status);
    operations =
        List.of(
            ApiOperation.of(
                    "GET",
                    "/api/v1/libraries",
                    Operation.DEPLOYMENTS_READ,
                    "the shared libraries, where they lie, and which deployments use them",
                    exchange ->
                        exchange.json(200, listing.page(deployments.libraries(), exchange.query())))
                .with(listing.parameters())
                .answers(200, new PageOf(LibraryInfo.class)));
  }

  @Override
  public List<ApiOperation> operations() {
    return operations;
  }
}
