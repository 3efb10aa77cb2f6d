package org.caravanserai.objects.internal.kind;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.spi.Field;

/** A record with records, lists of records and maps in it; known by its caller. */
record Nesting(
    @Field(help = "Who calls.", reference = "security") String caller,
    @Field(help = "A switch.", defaultValue = "true") boolean isActive,
    @Field(help = "Rules.", defaultValue = "[]", alias = "limits") List<Rule> rules,
    @Field(help = "A cache.", defaultValue = "{}") Cache cache,
    @Field(help = "Another.") Optional<Cache> spare,
    @Field(help = "Headers.", defaultValue = "{}", secret = true) Map<String, String> headers,
    @Field(help = "Sizes.", defaultValue = "{}", max = 10) Map<String, Integer> sizes) {

  record Rule(
      @Field(help = "Networks.") List<String> cidrList,
      @Field(help = "Times.", defaultValue = "[]") List<Time> timeRange,
      @Field(help = "Who.", reference = "groups") Optional<String> group,
      @Field(help = "A key.", secret = true, min = 2) Optional<String> key) {}

  record Time(
      @Field(help = "How many.", min = 1) int limit,
      @Field(help = "In what.", defaultValue = "minute") Unit limitUnit) {
    Time {
      if (limit == 13) {
        throw new IllegalArgumentException("13 brings bad luck");
      }
    }
  }

  enum Unit {
    SECOND,
    MINUTE
  }

  record Cache(
      @Field(help = "Whether.", defaultValue = "false") boolean isEnabled,
      @Field(help = "How long.", defaultValue = "5") Duration ttl) {}
}
