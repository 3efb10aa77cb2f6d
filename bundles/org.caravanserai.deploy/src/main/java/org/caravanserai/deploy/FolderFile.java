package org.caravanserai.deploy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Diagnostic;

/**
 * A file in a watched folder.
 *
 * @param path its path, with slashes, the name of the watched folder first
 * @param type {@code java}, {@code camel}, {@code configuration}, {@code bundle} for what is
 *     compiled already, {@code other}
 * @param isEditable whether it can be read and changed as a text
 * @param size its size in bytes
 * @param modifiedAt when it was last modified
 * @param etag the hash of its content, SHA-256 in hexadecimal
 * @param deployment the deployment that it is, or is a part of; empty for other files
 * @param state what became of it: the status of its deployment, {@code applied} or {@code rejected}
 *     for other files, {@code waiting} for what is not looked at while the server is read-only;
 *     empty if nobody takes it
 * @param revision the number of the current revision; empty if there is none
 * @param differs whether a deployment is live that was made of another content
 * @param diagnostics what was found wrong with it when it was taken last
 */
public record FolderFile(
    String path,
    String type,
    boolean isEditable,
    long size,
    Instant modifiedAt,
    String etag,
    Optional<String> deployment,
    Optional<String> state,
    Optional<Integer> revision,
    boolean differs,
    List<Diagnostic> diagnostics) {}
