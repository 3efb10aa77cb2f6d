package org.caravanserai.deploy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Diagnostic;

/**
 * A deployment, as it is now.
 *
 * @param name its name
 * @param status {@code live}; {@code stopped} if its bundle was stopped by hand; {@code failed} if
 *     its current revision could not be brought back at start; {@code rejected} if no revision of
 *     it has ever gone live
 * @param revision the number of the current revision; 0 if there is none
 * @param sha256 the hash of the current revision's source, in hexadecimal; empty if there is none
 * @param services the services of the current revision
 * @param parts what else of it is live, such as the ids of routes
 * @param origin the file that it comes from; empty if it came by the API
 * @param source {@code "same"}, or {@code "differs"} if the file could not be written through
 * @param since when the current revision went live
 * @param revisions the numbers of the revisions that are kept, oldest first
 * @param rejected why the last attempt was refused; empty if it was not
 * @param bundle the id of its bundle; empty while there is none, which does not keep it from
 *     serving
 * @param bundleProblem why its bundle is not as it should be; empty if all is well
 */
public record DeploymentInfo(
    String name,
    String status,
    int revision,
    Optional<String> sha256,
    List<String> services,
    List<String> parts,
    Optional<String> origin,
    String source,
    Instant since,
    List<Integer> revisions,
    List<Diagnostic> rejected,
    Optional<Long> bundle,
    Optional<String> bundleProblem) {}
