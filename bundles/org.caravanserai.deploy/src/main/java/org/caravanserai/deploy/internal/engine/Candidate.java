package org.caravanserai.deploy.internal.engine;

import java.util.List;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.internal.install.InstalledRevision;

/**
 * A revision that is ready to be served.
 *
 * @param installed its classes
 * @param serving its services and what else it is, prepared
 * @param affected the bundles of others that are restarted when it goes live
 */
record Candidate(InstalledRevision installed, Serving serving, List<AffectedBundle> affected) {}
