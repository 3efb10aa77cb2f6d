package org.caravanserai.deploy.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.caravanserai.api.Service;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.spi.Diagnostic;

/** Makes the services of an installed revision ready to be called. */
final class ServicePreparation {

  private final ServiceRegistry registry;

  ServicePreparation(ServiceRegistry registry) {
    this.registry = registry;
  }

  /** All of them, or none. */
  List<ServiceRevision> prepare(InstalledRevision installed) throws RejectedException {
    List<ServiceRevision> prepared = new ArrayList<>();
    for (Class<?> type : installed.services()) {
      try {
        if (!Service.class.isAssignableFrom(type)) {
          throw new RevisionRefusedException(
              RevisionRefusedException.Stage.LINK,
              "implements another org.caravanserai.api.Service than the server's",
              null);
        }
        prepared.add(
            registry.prepare(type, installed.label().deployment(), installed.label().revision()));
      } catch (RevisionRefusedException e) {
        discard(prepared);
        throw new RejectedException(
            Stage.valueOf(e.stage().name()), diagnostic(e, type.getName(), installed.compiled()));
      } catch (RuntimeException | Error e) {
        discard(prepared);
        throw e;
      }
    }
    return prepared;
  }

  /** Closes services that did not come into use. */
  void discard(List<ServiceRevision> prepared) {
    prepared.forEach(each -> registry.retire(each, Duration.ZERO));
  }

  private static Diagnostic diagnostic(
      RevisionRefusedException refused, String className, Compiled compiled) {
    String message = String.valueOf(refused.getMessage());
    return refused.line() > 0
        ? compiled.errorAtLine(className, refused.line(), message)
        : compiled.errorAt(className, message);
  }
}
