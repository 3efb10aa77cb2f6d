package org.caravanserai.runtime;

/**
 * What the author of a service says of it, in Markdown without HTML.
 *
 * @param summary the first sentence, in one line; empty if nothing is said
 * @param description all of it, the first sentence included; empty if nothing is said
 * @param schemas what it takes and returns; types and members have a {@code description} if
 *     something is said of them
 */
public record ServiceDoc(String summary, String description, ServiceSchemas schemas) {}
