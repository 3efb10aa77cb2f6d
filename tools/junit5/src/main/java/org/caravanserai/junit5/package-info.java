/** Runs services in tests of JUnit 5. */
@NullMarked
package org.caravanserai.junit5;

import org.jspecify.annotations.NullMarked;
