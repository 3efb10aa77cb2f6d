package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.cfg.CacheProvider;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.databind.util.TypeKey;

/** Gives a mapper caches that cost next to nothing while they are empty. */
final class SmallCaches implements CacheProvider {

  private static final long serialVersionUID = 1L;

  @Override
  public LookupCache<JavaType, JsonDeserializer<Object>> forDeserializerCache(
      DeserializationConfig config) {
    return new SmallCache<>();
  }

  @Override
  public LookupCache<TypeKey, JsonSerializer<Object>> forSerializerCache(
      SerializationConfig config) {
    return new SmallCache<>();
  }

  @Override
  public LookupCache<Object, JavaType> forTypeFactory() {
    return new SmallCache<>();
  }
}
