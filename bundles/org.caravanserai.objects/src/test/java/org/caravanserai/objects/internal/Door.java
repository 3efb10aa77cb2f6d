package org.caravanserai.objects.internal;

import java.util.Optional;
import org.caravanserai.spi.Field;

/** Something that opens, at a place where no other door is. */
record Door(
    @Field(help = "The name.") String name,
    @Field(help = "Whether it is in operation.", defaultValue = "true") boolean isActive,
    @Field(help = "Where it is.") String place,
    @Field(help = "What protects it.", reference = "lock") Optional<String> lock) {}
