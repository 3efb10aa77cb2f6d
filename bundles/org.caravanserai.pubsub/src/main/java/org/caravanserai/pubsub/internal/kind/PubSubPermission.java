package org.caravanserai.pubsub.internal.kind;

import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * What a security definition may publish to and receive from.
 *
 * @param security the security definition
 * @param isActive whether it may
 * @param accessType which of both, as Zato calls it
 * @param pub patterns of what it may publish to
 * @param sub patterns of what it may receive from
 */
public record PubSubPermission(
    @Field(help = "The security definition that may.", reference = "security") String security,
    @Field(help = "Whether it may.", defaultValue = "true") boolean isActive,
    @Field(
            help =
                "publisher, subscriber or publisher-subscriber, to say so beside the lists; both if"
                    + " absent.")
        Optional<String> accessType,
    @Field(
            help =
                "Topics and queues that it may publish to: * is one part, ** any number of them.",
            defaultValue = "[]")
        List<String> pub,
    @Field(help = "Those that it may receive from, likewise.", defaultValue = "[]")
        List<String> sub) {}
