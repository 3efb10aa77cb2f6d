package org.caravanserai.deploy;

/**
 * The text of a file in a watched folder.
 *
 * @param text what is in it
 * @param etag the hash of its bytes, SHA-256 in hexadecimal
 */
public record FileText(String text, String etag) {}
