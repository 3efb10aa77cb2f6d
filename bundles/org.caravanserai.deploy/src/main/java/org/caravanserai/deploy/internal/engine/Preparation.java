package org.caravanserai.deploy.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.caravanserai.api.Service;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.deploy.internal.install.RevisionLabel;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.spi.Diagnostic;

/** Makes what an installed revision serves ready. */
final class Preparation {

  private final ServiceRegistry registry;
  private final DeployableTypes types;

  Preparation(ServiceRegistry registry, DeployableTypes types) {
    this.registry = registry;
    this.types = types;
  }

  /** All of it, or nothing. */
  Serving prepare(InstalledRevision installed) throws RejectedException {
    if (DeployableTypes.isText(installed.compiled())) {
      return Serving.of(List.of(), Optional.of(text(installed)));
    }
    List<ServiceRevision> services = services(installed);
    boolean done = false;
    try {
      Serving serving = Serving.of(services, content(installed));
      if (serving.isNothing()) {
        throw new RejectedException(
            Stage.CHECK,
            installed
                .compiled()
                .errorAt(
                    "",
                    "no public class implements org.caravanserai.api.Service" + types.wanted()));
      }
      done = true;
      return serving;
    } finally {
      if (!done) {
        discard(new Serving(services, Optional.empty()));
      }
    }
  }

  private LiveContent text(InstalledRevision installed) throws RejectedException {
    Compiled compiled = installed.compiled();
    DeployableType type = types.typeOf(compiled);
    LiveContent live =
        content(
            type,
            new DeployableContent(
                installed.label().deployment(),
                installed.label().revision(),
                installed.label().trial(),
                compiled.fileName(),
                DeployableTypes.content(compiled),
                List.of()));
    if (!DeployableTypes.isPlain(type, compiled)) {
      live.stop(Duration.ZERO);
      throw new RejectedException(
          Stage.COMPILE,
          Diagnostic.error(
              compiled.fileName(), 1, 1, "does not begin as a file of this name begins"));
    }
    return live;
  }

  private Optional<LiveContent> content(InstalledRevision installed) throws RejectedException {
    List<Class<?>> classes = installed.classes();
    Optional<DeployableType> type = types.typeOf(classes);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    RevisionLabel label = installed.label();
    List<Class<?>> taken =
        classes.stream()
            .filter(type.get()::takes)
            .sorted(Comparator.comparing(Class::getName))
            .toList();
    return Optional.of(
        content(
            type.get(),
            new DeployableContent(
                label.deployment(),
                label.revision(),
                label.trial(),
                installed.compiled().fileName(),
                new byte[0],
                taken)));
  }

  /** Whether some of its classes are of a type that is there. */
  boolean hasMore(InstalledRevision installed) throws RejectedException {
    return types.typeOf(installed.classes()).isPresent();
  }

  private static LiveContent content(DeployableType type, DeployableContent content)
      throws RejectedException {
    try {
      return type.prepare(content);
    } catch (ContentRefusedException e) {
      throw new RejectedException(Stage.valueOf(e.stage().name()), e.diagnostics());
    }
  }

  private List<ServiceRevision> services(InstalledRevision installed) throws RejectedException {
    List<ServiceRevision> prepared = new ArrayList<>();
    for (Class<?> type : installed.services()) {
      try {
        if (!Service.class.isAssignableFrom(type)) {
          throw new RevisionRefusedException(
              RevisionRefusedException.Stage.LINK,
              "implements another org.caravanserai.api.Service than the server's",
              null);
        }
        ServiceRevision revision =
            registry.prepare(type, installed.label().deployment(), installed.label().revision());
        prepared.add(revision);
        if (!installed.label().trial()) {
          registry.begin(revision);
        }
      } catch (RevisionRefusedException e) {
        discard(new Serving(prepared, Optional.empty()));
        throw new RejectedException(
            Stage.valueOf(e.stage().name()), diagnostic(e, type.getName(), installed.compiled()));
      } catch (RuntimeException | Error e) {
        discard(new Serving(prepared, Optional.empty()));
        throw e;
      }
    }
    return prepared;
  }

  /** Closes what did not come into use. */
  void discard(Serving prepared) {
    prepared.services().forEach(each -> registry.retire(each, Duration.ZERO));
    prepared.content().ifPresent(each -> each.stop(Duration.ZERO));
  }

  private static Diagnostic diagnostic(
      RevisionRefusedException refused, String className, Compiled compiled) {
    String message = String.valueOf(refused.getMessage());
    return refused.line() > 0
        ? compiled.errorAtLine(className, refused.line(), message)
        : compiled.errorAt(className, message);
  }
}
