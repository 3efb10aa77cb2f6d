package org.caravanserai.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a {@link Service} does at the beginning and the end of each of its revisions, if it
 * implements this too. Both run aside and have the server's {@code hook_timeout}. A dry run calls
 * neither.
 */
@ConsumerType
public interface RevisionHooks {

  /**
   * When the revision has been constructed and is about to go live; it is not called by anybody
   * yet, and the one before goes on. It is called at each start of the server too.
   *
   * @throws Exception to refuse the deployment, with the exception's message as the reason; then
   *     the one before goes on
   */
  default void onDeploy() throws Exception {}

  /**
   * When the last call of the revision has ended, before it is closed; also if it never went live
   * because something else refused the deployment. The revision that follows is live already then.
   *
   * @throws Exception which goes to the log
   */
  default void onUndeploy() throws Exception {}
}
