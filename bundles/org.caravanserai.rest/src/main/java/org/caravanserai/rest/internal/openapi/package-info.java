/** What callers are told of the channels: an OpenAPI document. */
@NullMarked
package org.caravanserai.rest.internal.openapi;

import org.jspecify.annotations.NullMarked;
