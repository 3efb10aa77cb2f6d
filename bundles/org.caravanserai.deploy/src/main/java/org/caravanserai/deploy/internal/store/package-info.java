/** The revisions of every deployment, kept under the data folder. */
@NullMarked
package org.caravanserai.deploy.internal.store;

import org.jspecify.annotations.NullMarked;
