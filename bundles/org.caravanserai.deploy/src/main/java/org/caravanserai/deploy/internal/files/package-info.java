/** The files of the watched folders for those who edit them. */
@NullMarked
package org.caravanserai.deploy.internal.files;

import org.jspecify.annotations.NullMarked;
