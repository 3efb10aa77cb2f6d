package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyMetadata;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.impl.TypeWrappedDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a record's class before the first document comes.
 *
 * @param parts the components, in their order
 * @param byName the components by each name that they have in JSON
 * @param constructor takes the array of all components and makes the record
 */
record RecordShape(Part[] parts, Map<String, Part> byName, MethodHandle constructor) {

  static RecordShape of(JavaType type, BeanDescription description, DeserializationContext context)
      throws JsonMappingException {
    Map<String, BeanPropertyDefinition> definitions = new HashMap<>();
    for (BeanPropertyDefinition definition : description.findProperties()) {
      definitions.put(definition.getInternalName(), definition);
    }
    Class<?> owner = type.getRawClass();
    RecordComponent[] components = owner.getRecordComponents();
    Constructor<?> canonical = canonical(owner, components);
    Part[] parts = new Part[components.length];
    Map<String, Part> byName = new HashMap<>();
    for (int i = 0; i < parts.length; i++) {
      BeanPropertyDefinition definition = definitions.get(components[i].getName());
      String name = definition == null ? components[i].getName() : definition.getName();
      try {
        parts[i] = part(i, name, components[i], canonical, definition, type, context);
      } catch (JsonMappingException unfit) {
        throw JsonMappingException.wrapWithPath(unfit, owner, name);
      }
      if (definition != null) {
        byName.put(name, parts[i]);
        for (PropertyName alias : definition.findAliases()) {
          byName.putIfAbsent(alias.getSimpleName(), parts[i]);
        }
      }
    }
    return new RecordShape(parts, byName, handle(canonical));
  }

  /** Refuses defaults that do not fit. */
  void tryDefaults(DeserializationContext context) throws JsonMappingException {
    for (Part part : parts) {
      try {
        part.tryDefault(context);
      } catch (JsonMappingException misfit) {
        throw misfit;
      } catch (IOException malformed) {
        throw new Misfit(null, "its default is no JSON");
      }
    }
  }

  private static Part part(
      int index,
      String name,
      RecordComponent component,
      Constructor<?> canonical,
      @Nullable BeanPropertyDefinition definition,
      JavaType owner,
      DeserializationContext context)
      throws JsonMappingException {
    AnnotatedMember member = definition == null ? null : definition.getPrimaryMember();
    JavaType type =
        definition == null
            ? context
                .getTypeFactory()
                .resolveMemberType(component.getGenericType(), owner.getBindings())
            : definition.getPrimaryType();
    Constructible.check(type, member != null && member.hasAnnotation(JsonTypeInfo.class), context);
    BeanProperty property =
        new BeanProperty.Std(
            PropertyName.construct(name), type, null, member, PropertyMetadata.STD_OPTIONAL);
    String fallback = definition == null ? null : definition.getMetadata().getDefaultValue();
    return new Part(
        index,
        name,
        owner.getRawClass(),
        type.isReferenceType() ? type.getReferencedType() : type,
        reader(type, property, member, context),
        Absence.of(component, canonical.getParameters()[index], fallback));
  }

  @SuppressWarnings("unchecked") // what a reader makes is put where Jackson says that it fits
  private static JsonDeserializer<Object> reader(
      JavaType type,
      BeanProperty property,
      @Nullable AnnotatedMember member,
      DeserializationContext context)
      throws JsonMappingException {
    AnnotationIntrospector annotations = context.getAnnotationIntrospector();
    Object custom = member == null ? null : annotations.findDeserializer(member);
    if (custom != null) {
      JsonDeserializer<?> reader = context.deserializerInstance(member, custom);
      return (JsonDeserializer<Object>)
          context.handlePrimaryContextualization(reader, property, type);
    }
    JsonDeserializer<Object> reader = context.findContextualValueDeserializer(type, property);
    TypeDeserializer typed = context.getFactory().findTypeDeserializer(context.getConfig(), type);
    return typed == null
        ? reader
        : new TypeWrappedDeserializer(typed.forProperty(property), reader);
  }

  private static Constructor<?> canonical(Class<?> owner, RecordComponent[] components) {
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<?> constructor = owner.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MethodHandle handle(Constructor<?> constructor) {
    try {
      int count = constructor.getParameterCount();
      return MethodHandles.lookup()
          .unreflectConstructor(constructor)
          .asFixedArity()
          .asType(MethodType.genericMethodType(count))
          .asSpreader(Object[].class, count);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
