package org.caravanserai.security.tls;

import java.time.Instant;

/**
 * A certificate that this server shows.
 *
 * @param kind where: {@code listener}, or the kind of an object
 * @param name which of them
 * @param subject whose it says it is (RFC 2253)
 * @param expires when it stops being valid
 */
public record OwnCertificate(String kind, String name, String subject, Instant expires) {}
