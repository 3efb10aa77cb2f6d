package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.introspect.AnnotatedWithParams;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.type.ReferenceType;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts our readers before those of Jackson. */
final class StrictModule extends Module {

  private final Map<Class<?>, JsonDeserializer<?>> scalars;

  StrictModule(Map<Class<?>, JsonDeserializer<?>> scalars) {
    this.scalars = scalars;
  }

  @Override
  public String getModuleName() {
    return "serai";
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void setupModule(SetupContext setup) {
    setup.addDeserializers(new Readers());
    setup.addBeanDeserializerModifier(new Wrapping());
  }

  private final class Readers extends Deserializers.Base {

    @Override
    public @Nullable JsonDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription description) {
      if (type.isRecordType() && !describesItself(type.getRawClass(), config, description)) {
        return new RecordReader(type, description);
      }
      return scalars.get(type.getRawClass());
    }

    @Override
    public @Nullable JsonDeserializer<?> findEnumDeserializer(
        Class<?> type, DeserializationConfig config, BeanDescription description) {
      if (description.findJsonValueAccessor() != null || hasCreator(config, description)) {
        return null;
      }
      Enum<?>[] constants = (Enum<?>[]) type.getEnumConstants();
      @Nullable String[] names = new String[constants.length];
      names =
          config
              .getAnnotationIntrospector()
              .findEnumValues(config, description.getClassInfo(), constants, names);
      Map<String, Object> byName = new LinkedHashMap<>();
      for (int i = 0; i < constants.length; i++) {
        String name = names[i];
        byName.put(name == null ? constants[i].name() : name, constants[i]);
      }
      return new Choice(type, byName);
    }

    @Override
    public @Nullable JsonDeserializer<?> findArrayDeserializer(
        ArrayType type,
        DeserializationConfig config,
        BeanDescription description,
        TypeDeserializer elementType,
        JsonDeserializer<?> element) {
      return scalars.get(type.getRawClass());
    }

    @Override
    public @Nullable JsonDeserializer<?> findReferenceDeserializer(
        ReferenceType type,
        DeserializationConfig config,
        BeanDescription description,
        TypeDeserializer contentType,
        JsonDeserializer<?> content) {
      return scalars.get(type.getRawClass());
    }

    /** Whether a record tells by Jackson's annotations how it is made. */
    private boolean describesItself(
        Class<?> type, DeserializationConfig config, BeanDescription description) {
      return hasCreator(config, description)
          || Stream.of(type.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .anyMatch(
                  accessor ->
                      accessor.isAnnotationPresent(JsonUnwrapped.class)
                          || accessor.isAnnotationPresent(JsonAnySetter.class));
    }

    private boolean hasCreator(DeserializationConfig config, BeanDescription description) {
      AnnotationIntrospector annotations = config.getAnnotationIntrospector();
      return Stream.of(description.getConstructors(), description.getFactoryMethods())
          .flatMap(List<? extends AnnotatedWithParams>::stream)
          .anyMatch(creator -> annotations.findCreatorAnnotation(config, creator) != null);
    }
  }

  private static final class Wrapping extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription description, JsonDeserializer<?> reader) {
      JsonDeserializer<?> textForm = TextForm.of(description.getBeanClass(), reader);
      return textForm == null ? reader : textForm;
    }

    @Override
    public JsonDeserializer<?> modifyCollectionDeserializer(
        DeserializationConfig config,
        CollectionType type,
        BeanDescription description,
        JsonDeserializer<?> reader) {
      return new Required(reader);
    }

    @Override
    public JsonDeserializer<?> modifyMapDeserializer(
        DeserializationConfig config,
        MapType type,
        BeanDescription description,
        JsonDeserializer<?> reader) {
      return new Required(reader);
    }

    @Override
    public JsonDeserializer<?> modifyArrayDeserializer(
        DeserializationConfig config,
        ArrayType type,
        BeanDescription description,
        JsonDeserializer<?> reader) {
      return reader instanceof StrictScalar ? reader : new Required(reader);
    }
  }
}
