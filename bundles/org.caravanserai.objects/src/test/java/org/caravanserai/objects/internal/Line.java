package org.caravanserai.objects.internal;

import org.caravanserai.spi.Field;

/** A connection of the tests. */
record Line(
    @Field(help = "The name.") String name,
    @Field(help = "Whether it is in operation.", defaultValue = "true") boolean isActive,
    @Field(help = "Whom it reaches.") String number) {}
