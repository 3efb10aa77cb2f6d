package org.caravanserai.pubsub.internal.file;

import java.time.Duration;
import org.caravanserai.spi.Field;
import org.caravanserai.spi.RunOn;

/**
 * A folder whose files are published.
 *
 * @param name its name
 * @param isActive whether files are published
 * @param directory where they are
 * @param topic what they are published to
 * @param security who publishes them
 * @param pattern which files
 * @param moveTo where a file goes that has been published
 * @param delete whether it is deleted instead
 * @param pollInterval how often to look
 * @param minAge for how long a file must not have changed
 * @param maxFiles how many files are taken at a look
 * @param runOn which servers look
 */
public record PubSubFolder(
    @Field(help = "The name by which it is known.") String name,
    @Field(help = "Whether files are published.", defaultValue = "true") boolean isActive,
    @Field(help = "The folder, which is made if need be; folders in it are left alone.")
        String directory,
    @Field(help = "The topic or queue that its files are published to.") String topic,
    @Field(
            help = "The security definition that publishes them, which must be permitted to.",
            reference = "security")
        String security,
    @Field(
            help = "Which files, such as *.json; never those whose name begins with a dot.",
            defaultValue = "*")
        String pattern,
    @Field(
            help =
                "Where a file goes once the broker has it: a folder, below this one or anywhere.",
            defaultValue = ".done")
        String moveTo,
    @Field(help = "Whether it is deleted instead.", defaultValue = "false") boolean delete,
    @Field(help = "How often to look for files.", defaultValue = "1", max = 86_400)
        Duration pollInterval,
    @Field(
            help = "For how long a file must not have changed, so that none is taken half written.",
            defaultValue = "1",
            max = 3_600)
        Duration minAge,
    @Field(
            help = "How many files are taken at a look.",
            defaultValue = "100",
            min = 1,
            max = 100_000)
        int maxFiles,
    @Field(
            help =
                "Whether each server of an environment looks for files, or one at a time, as they"
                    + " must if they see the same folder.",
            defaultValue = "one_server")
        RunOn runOn) {}
