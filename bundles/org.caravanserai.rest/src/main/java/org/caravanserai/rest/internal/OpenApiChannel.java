package org.caravanserai.rest.internal;

import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * A path on the traffic listener that tells of REST channels as OpenAPI 3.1.
 *
 * @param name the channel's name
 * @param isActive whether it takes requests
 * @param urlPath the path
 * @param isPublic whether everybody may read it
 * @param security the name of the security definition that lets readers in
 * @param groups the names of groups of them
 * @param restChannelList the names of the channels that it tells of; empty for all
 */
record OpenApiChannel(
    @Field(help = "The channel's name, which is the document's title.") String name,
    @Field(help = "Whether it takes requests.", defaultValue = "true") boolean isActive,
    @Field(
            help =
                "The path, such as /docs/partners. One that ends in .yaml or .json is answered so;"
                    + " any other in YAML for those who accept only that, else in JSON.",
            min = 1)
        String urlPath,
    @Field(
            help = "Whether everybody may read it; else it has security or groups.",
            defaultValue = "false")
        boolean isPublic,
    @Field(help = "The security definition that lets readers in.", reference = "security")
        Optional<String> security,
    @Field(
            help = "Groups of security definitions, any member of which lets readers in too.",
            reference = "groups",
            defaultValue = "[]")
        List<String> groups,
    @Field(
            help = "The channels that it tells of; if absent, all that should_include_in_openapi.",
            reference = "channel_rest",
            defaultValue = "[]")
        List<String> restChannelList) {}
