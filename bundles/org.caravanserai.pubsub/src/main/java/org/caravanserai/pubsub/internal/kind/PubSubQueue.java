package org.caravanserai.pubsub.internal.kind;

import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * A queue between publishers and consumers, of whom one gets each message.
 *
 * @param name its name
 * @param isActive whether it takes messages
 * @param description what it is for
 * @param maxDepth how many messages may wait in it
 * @param maxMessageSize how large the data of a message may be
 */
public record PubSubQueue(
    @Field(
            help = "Letters, digits, - and _ in parts divided by dots; its case does not matter.",
            max = 200)
        String name,
    @Field(help = "Whether it takes messages.", defaultValue = "true") boolean isActive,
    @Field(help = "What it is for.") Optional<String> description,
    @Field(
            help = "How many messages may wait in it; then it is full.",
            defaultValue = "100000",
            min = 1,
            max = 1_000_000_000_000L)
        long maxDepth,
    @Field(help = "How large the data of a message may be.", defaultValue = "10MB")
        String maxMessageSize) {}
