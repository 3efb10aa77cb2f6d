/** Certificates for tests, made anew by each. */
package org.caravanserai.security.certificates;
