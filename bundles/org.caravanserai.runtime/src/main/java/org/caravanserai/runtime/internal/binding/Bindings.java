package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CacheProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Payload;
import org.jspecify.annotations.Nullable;

/** The maker of the readers and writers of revisions. */
public final class Bindings {

  private static final CacheProvider CACHES = new SmallCaches();

  private final Limits limits;
  private final ObjectMapper pattern;
  private final Outside outside;
  private final TextDocuments textDocuments;

  /** Makes bindings with these limits. */
  public Bindings(Limits limits) {
    this.limits = limits;
    this.pattern = pattern(limits);
    this.outside = new Outside(this::json);
    this.textDocuments = new TextDocuments(limits);
  }

  /**
   * The readers and writers for a service's types.
   *
   * @throws UnboundTypeException if no document could ever become the input
   */
  public Binding bind(Type input, Type output) throws UnboundTypeException {
    Json json = json();
    try {
      Intake intake = intake(input, json);
      return new Binding(json, intake, input, output, this);
    } catch (IOException unfit) {
      throw new UnboundTypeException(Complaint.aboutType(unfit), unfit);
    }
  }

  private Intake intake(Type input, Json json) throws IOException {
    if (input == Void.class) {
      return new NoIntake();
    }
    if (input == Payload.class) {
      return new WholeIntake();
    }
    if (input instanceof Class<?> type && Raw.is(type)) {
      return new RawIntake(type);
    }
    JavaType type = json.type(input);
    json.checkReadable(type);
    return new DocumentIntake(type, json, limits.formFields(), textDocuments);
  }

  /**
   * An object from nobody knows where as JSON.
   *
   * @throws IOException if it can't be written
   */
  public byte[] toJson(Object value) throws IOException {
    return outside.document(value);
  }

  /**
   * A JSON document in a class from nobody knows where.
   *
   * @throws ServiceException with status 400 and the place if it does not fit
   */
  public <T> @Nullable T fromJson(byte[] document, Class<T> type) {
    Json json = forClass(type);
    return type.cast(Json.read(json.reader(json.type(type)), document));
  }

  /** How many characters of a doc comment are read. */
  int docLength() {
    return limits.docLength();
  }

  /** The formats in which all is text. */
  TextDocuments textDocuments() {
    return textDocuments;
  }

  /** The writing of objects from nobody knows where. */
  Writing outside() {
    return outside;
  }

  /** A mapper for a class from nobody knows where, which is not kept. */
  Json forClass(Class<?> type) {
    return type.getClassLoader() == null ? outside.shared() : json();
  }

  /** A mapper with caches of its own: a shared one would keep the classes of old revisions. */
  private Json json() {
    ObjectMapper mapper = pattern.copy();
    mapper.setTypeFactory(mapper.getTypeFactory().withCache(CACHES.forTypeFactory()));
    return new Json(mapper);
  }

  private static ObjectMapper pattern(Limits limits) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.depth())
                    .maxNumberLength(limits.numberLength())
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    Map<Class<?>, JsonDeserializer<?>> scalars = Scalars.readers(limits.numberLength());
    return JsonMapper.builder(factory)
        .cacheProvider(CACHES)
        .addModules(new Jdk8Module(), new JavaTimeModule(), new StrictModule(scalars))
        .disable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
            DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(
            SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
            SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
            SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP))
        .build();
  }
}
