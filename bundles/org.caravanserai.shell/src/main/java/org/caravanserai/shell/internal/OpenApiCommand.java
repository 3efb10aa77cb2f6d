package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.management.ApiDescription;
import org.caravanserai.management.ApiJson;
import org.jspecify.annotations.Nullable;

/** Prints the description of the admin API, OpenAPI 3.1. */
@Service
@Command(
    scope = "serai",
    name = "openapi",
    description = "Prints the description of the admin API, OpenAPI 3.1",
    detailedDescription = "Example: serai:openapi")
public final class OpenApiCommand implements Action {

  @Reference private ApiDescription description;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    session.getConsole().println(ApiJson.text(description.document()));
    return null;
  }
}
