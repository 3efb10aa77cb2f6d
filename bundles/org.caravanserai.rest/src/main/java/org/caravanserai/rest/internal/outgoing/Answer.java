package org.caravanserai.rest.internal.outgoing;

import java.io.InputStream;
import org.eclipse.jetty.http.HttpFields;

/**
 * What came back.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param bytes the body, if it was waited for
 * @param stream the body, if it is read while it arrives
 */
record Answer(int status, HttpFields headers, byte[] bytes, InputStream stream) {}
