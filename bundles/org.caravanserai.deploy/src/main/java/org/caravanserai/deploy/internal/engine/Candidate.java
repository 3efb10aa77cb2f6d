package org.caravanserai.deploy.internal.engine;

import java.util.List;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.runtime.ServiceRevision;

/**
 * A revision that is ready to be served.
 *
 * @param installed its classes
 * @param services its services, prepared
 */
record Candidate(InstalledRevision installed, List<ServiceRevision> services) {}
