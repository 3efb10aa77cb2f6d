/** Answers of channels that are kept, or shared by those who ask the same at a time. */
@NullMarked
package org.caravanserai.rest.internal.cache;

import org.jspecify.annotations.NullMarked;
