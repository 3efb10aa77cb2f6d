package org.caravanserai.management;

/**
 * Messages have been deleted.
 *
 * @param deleted how many
 */
public record DeletedAnswer(long deleted) {}
