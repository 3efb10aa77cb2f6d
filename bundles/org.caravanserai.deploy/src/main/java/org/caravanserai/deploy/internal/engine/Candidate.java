package org.caravanserai.deploy.internal.engine;

import org.caravanserai.deploy.internal.install.InstalledRevision;

/**
 * A revision that is ready to be served.
 *
 * @param installed its classes
 * @param serving its services and what else it is, prepared
 */
record Candidate(InstalledRevision installed, Serving serving) {}
