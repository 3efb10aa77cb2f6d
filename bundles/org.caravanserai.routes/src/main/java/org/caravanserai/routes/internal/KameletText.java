package org.caravanserai.routes.internal;

import java.nio.file.Path;
import java.util.List;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.spi.Diagnostic;

/** The text of a Kamelet, as Camel reads it. */
final class KameletText {

  private static final String LOADER = "kamelet.yaml";

  private KameletText() {}

  /**
   * What is wrong with one, at its place; whether its components are there is seen by its users.
   */
  static List<Diagnostic> check(String name, Path file, byte[] content) {
    String fileName = String.valueOf(file.getFileName());
    RouteRefusal refusal =
        new RouteRefusal(new DeployableContent(name, 0, true, fileName, content, List.of()));
    RouteContext context = new RouteContext(name, true, null);
    try {
      context.setApplicationContextClassLoader(RouteContext.class.getClassLoader());
      context.prepare();
      Resource resource = ResourceHelper.fromBytes(fileName, content);
      RoutesBuilder builder =
          PluginHelper.getRoutesLoader(context).getRoutesLoader(LOADER).loadRoutesBuilder(resource);
      context.addRoutes(builder);
      List<String> ids =
          context.getRouteTemplateDefinitions().stream()
              .map(RouteTemplateDefinition::getId)
              .toList();
      if (!ids.equals(List.of(name))) {
        throw refusal.at(
            Stage.CHECK,
            "metadata",
            "its metadata.name must be " + name + ", as its file is called");
      }
      return List.of();
    } catch (ContentRefusedException e) {
      return e.diagnostics();
    } catch (Exception | LinkageError e) {
      return refusal.unreadable(e).diagnostics();
    } finally {
      context.stop();
    }
  }
}
