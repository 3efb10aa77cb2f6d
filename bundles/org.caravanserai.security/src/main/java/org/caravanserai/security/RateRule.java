package org.caravanserai.security;

import java.util.List;
import org.caravanserai.spi.Field;

/**
 * How many requests may come from some addresses. The first rule that has a caller's address holds.
 *
 * @param cidrList the addresses
 * @param timeRange how many, by the time of day; the first range that it is in holds
 */
public record RateRule(
    @Field(help = "The callers' addresses, such as 10.0.0.0/8; 0.0.0.0/0 for any, IPv6 too.")
        List<String> cidrList,
    @Field(help = "How many requests, by the time of day; the first range that fits holds.")
        List<TimeRange> timeRange) {}
