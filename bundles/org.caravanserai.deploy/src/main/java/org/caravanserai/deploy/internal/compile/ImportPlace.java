package org.caravanserai.deploy.internal.compile;

/**
 * Where a package is imported first.
 *
 * @param file the name of the source
 * @param line the line, from 1
 * @param column the column, from 1
 */
public record ImportPlace(String file, int line, int column) {}
