package org.caravanserai.deploy.internal.bundle;

import java.util.List;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.spi.Diagnostic;
import org.osgi.framework.BundleException;

/** Why a bundle can't go live, in words. */
final class Refusal {

  private Refusal() {}

  static ContentRefusedException of(DeployableContent content, Stage stage, String message) {
    return new ContentRefusedException(
        stage, List.of(Diagnostic.error(content.fileName(), 0, 0, message)));
  }

  /** What the framework, or the bundle's activator, says. */
  static String cause(BundleException e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : String.valueOf(e.getCause());
  }
}
