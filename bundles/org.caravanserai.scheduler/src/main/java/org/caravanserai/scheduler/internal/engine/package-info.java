/** What starts jobs when it is time, in one server of an environment. */
@NullMarked
package org.caravanserai.scheduler.internal.engine;

import org.jspecify.annotations.NullMarked;
