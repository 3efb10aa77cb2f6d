package org.caravanserai.deploy.internal.install;

import java.util.List;
import org.caravanserai.deploy.internal.compile.Compiled;

/**
 * A revision that has no classes, only a source for a {@code DeployableType}.
 *
 * @param label which one it is
 * @param compiled its source, as a resource under the name of its file
 */
public record TextRevision(RevisionLabel label, Compiled compiled) implements InstalledRevision {

  @Override
  public List<Class<?>> services() {
    return List.of();
  }

  @Override
  public List<Class<?>> classes() {
    return List.of();
  }

  @Override
  public void publish() {
    // Without classes there is nothing to show as a bundle.
  }

  @Override
  public BundleState bundle() {
    return BundleState.NONE;
  }

  @Override
  public void uninstall() {
    // Nothing was installed.
  }
}
