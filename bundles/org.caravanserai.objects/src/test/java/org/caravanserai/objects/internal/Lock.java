package org.caravanserai.objects.internal;

import org.caravanserai.spi.Field;

/** What protects a door. */
record Lock(
    @Field(help = "The name.") String name,
    @Field(help = "Whether it is in operation.", defaultValue = "true") boolean isActive,
    @Field(help = "The code.", defaultValue = "0000", secret = true) String code) {}
