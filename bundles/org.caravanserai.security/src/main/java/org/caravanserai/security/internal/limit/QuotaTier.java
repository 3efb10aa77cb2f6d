package org.caravanserai.security.internal.limit;

import java.util.List;
import java.util.Optional;
import org.caravanserai.security.RateRule;
import org.caravanserai.spi.Field;

/**
 * Rules that several objects share; each object has counters of its own.
 *
 * @param name the name by which objects refer to it
 * @param description what it is meant for
 * @param rules the rules
 */
record QuotaTier(
    @Field(help = "The name by which objects refer to it.") String name,
    @Field(help = "What it is meant for.") Optional<String> description,
    @Field(help = "Its rules; the first one that has the caller's address holds.")
        List<RateRule> rules) {}
