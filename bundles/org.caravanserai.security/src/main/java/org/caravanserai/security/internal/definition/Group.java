package org.caravanserai.security.internal.definition;

import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * Several security definitions, any of which lets a caller in.
 *
 * @param name the name by which channels refer to it
 * @param quotaTier the rules that limit all members together
 * @param members the names of the definitions
 */
record Group(
    @Field(help = "The name by which channels refer to it.") String name,
    @Field(
            help = "The quota tier whose rules limit all members together.",
            reference = "quota_tier")
        Optional<String> quotaTier,
    @Field(
            help = "The security definitions, any of which lets a caller in.",
            reference = "security")
        List<String> members) {}
