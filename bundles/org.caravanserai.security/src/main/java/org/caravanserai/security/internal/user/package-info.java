/** The users who may administer the server, and the proofs of who they are. */
@NullMarked
package org.caravanserai.security.internal.user;

import org.jspecify.annotations.NullMarked;
