package org.caravanserai.rest.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.security.RateRule;
import org.caravanserai.spi.Field;

/**
 * A path on the traffic listener that leads to a service.
 *
 * @param name the channel's name
 * @param isActive whether it takes requests
 * @param service the name of the service
 * @param urlPath the path, with parameters in braces
 * @param method the methods that it takes; empty for any
 * @param dataFormat the format of bodies
 * @param security the name of the security definition that lets callers in
 * @param groups the names of groups of them
 * @param rateLimiting how many requests may come
 * @param quotaTier the quota tier whose rules hold besides
 * @param contentType the {@code Content-Type} of answers with a body
 * @param timeout how long the service may take
 * @param maxRequestSize how large a body may be
 * @param strict whether members that the service does not know are an error
 */
record RestChannel(
    @Field(help = "The channel's name.") String name,
    @Field(help = "Whether it takes requests.", defaultValue = "true") boolean isActive,
    @Field(help = "The name of the service, deployed or not.", min = 1, max = 200) String service,
    @Field(help = "The path, such as /orders/{id}; parameters go over the body's members.", min = 1)
        String urlPath,
    @Field(help = "The methods that it takes; any if absent.", defaultValue = "[]")
        List<String> method,
    @Field(help = "The format of bodies: json, form or raw.", defaultValue = "json")
        DataFormat dataFormat,
    @Field(
            help = "The security definition that lets callers in; everybody if absent.",
            reference = "security")
        Optional<String> security,
    @Field(
            help = "Groups of security definitions, any member of which lets callers in too.",
            reference = "groups",
            defaultValue = "[]")
        List<String> groups,
    @Field(help = "How many requests may come, of all callers together.", defaultValue = "[]")
        List<RateRule> rateLimiting,
    @Field(help = "The quota tier whose rules come after these.", reference = "quota_tier")
        Optional<String> quotaTier,
    @Field(help = "The Content-Type of answers, unless the service sets one.")
        Optional<String> contentType,
    @Field(
            help = "How long the service may take; then the caller gets 504.",
            defaultValue = "60",
            max = 86_400)
        Duration timeout,
    @Field(
            help = "How large a body may be, in bytes or with KB, MB or GB (of 1024).",
            defaultValue = "10MB")
        String maxRequestSize,
    @Field(
            help = "Whether members that the service does not know are an error.",
            defaultValue = "false")
        boolean strict) {}
