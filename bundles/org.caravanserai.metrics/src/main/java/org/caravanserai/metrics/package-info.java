/** What is counted and measured on the server, in Prometheus' model. */
@Export
@Version("1.0.0")
@NullMarked
package org.caravanserai.metrics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
