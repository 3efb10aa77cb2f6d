/** The one way in which deployments go live, whoever asks. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.deploy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
