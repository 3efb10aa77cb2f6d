package org.caravanserai.deploy;

import java.util.List;
import org.caravanserai.spi.Diagnostic;

/**
 * A file in a watched folder and what became of it.
 *
 * @param path where it lies
 * @param status {@code applied}, {@code rejected}, or {@code waiting} while the server is read-only
 * @param diagnostics what is wrong with it
 */
public record WatchedFile(String path, String status, List<Diagnostic> diagnostics) {}
