/** Tests of the test kit. */
package org.caravanserai.junit5;
