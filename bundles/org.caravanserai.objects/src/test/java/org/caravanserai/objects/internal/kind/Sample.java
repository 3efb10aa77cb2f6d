package org.caravanserai.objects.internal.kind;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Field;

/** A record with a field of every type. */
record Sample(
    @Field(help = "The name.") String name,
    @Field(help = "A switch.", defaultValue = "true") boolean isActive,
    @Field(help = "A path.", defaultValue = "*/*", max = 20) String httpAccept,
    @Field(help = "A number.", defaultValue = "8080", min = 1, max = 65535) int port,
    @Field(help = "A long.", defaultValue = "0") long maxSize,
    @Field(help = "A rate.", defaultValue = "1.5") double rate,
    @Field(help = "An amount.") Optional<BigDecimal> amount,
    @Field(help = "A choice.", defaultValue = "qs_over_path") Priority urlParamsPri,
    @Field(help = "A time.", defaultValue = "PT10S", min = 0, max = 3600) Duration timeout,
    @Field(help = "A list.", defaultValue = "[get, post]") List<String> methods,
    @Field(help = "Numbers.", defaultValue = "[]", min = 0) List<Integer> codes,
    @Field(help = "May be absent.") Optional<String> comment,
    @Field(help = "A list that may be absent.") Optional<List<Priority>> choices,
    @Field(help = "Others.", defaultValue = "[]", reference = "security") List<String> groups,
    @Field(help = "Another one.", reference = "security") Optional<String> security,
    @Field(help = "Not to be shown.", defaultValue = "x", secret = true, min = 1) String password) {

  enum Priority {
    QS_OVER_PATH,
    PATH_OVER_QS
  }
}
