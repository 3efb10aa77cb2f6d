/** Tests of the user configuration files. */
package org.caravanserai.objects.internal.user;
