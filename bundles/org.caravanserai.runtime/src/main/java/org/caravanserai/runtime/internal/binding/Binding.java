package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.ServiceDoc;
import org.caravanserai.runtime.ServiceSchemas;
import org.caravanserai.runtime.internal.docs.Doc;
import org.caravanserai.runtime.internal.docs.Docs;
import org.jspecify.annotations.Nullable;

/** The readers and writers of one revision of a service; they live and die with it. */
public final class Binding {

  private final Json json;
  private final Intake intake;
  private final Type inputType;
  private final Type outputType;
  private final Bindings bindings;
  private final boolean readsStream;

  /** Made when it is wanted first: nothing about it can refuse a revision. */
  private volatile @Nullable Output output;

  /** Made when somebody asks for it. */
  private volatile @Nullable ServiceDoc doc;

  Binding(Json json, Intake intake, Type inputType, Type outputType, Bindings bindings) {
    this.json = json;
    this.intake = intake;
    this.inputType = inputType;
    this.outputType = outputType;
    this.readsStream = inputType == InputStream.class || inputType == Payload.class;
    this.bindings = bindings;
  }

  /** Whether the service takes its input as a stream. */
  public boolean readsStream() {
    return readsStream;
  }

  /**
   * What the service takes and returns as JSON Schemas.
   *
   * @param service the service's name
   */
  public ServiceSchemas schemas(String service) {
    return schemas(json.schemas(service));
  }

  /**
   * The same, with what is said of the service and its types.
   *
   * @param service the service's name
   * @param type its class
   */
  public ServiceDoc doc(String service, Class<?> type) {
    ServiceDoc known = doc;
    if (known == null) {
      JsonSchemas made = json.schemas(service);
      ServiceSchemas schemas = schemas(made);
      Set<Class<?>> classes = new LinkedHashSet<>(made.classes());
      classes.add(type);
      Docs docs = Docs.of(classes, bindings.docLength());
      made.describe(docs);
      Doc own = docs.of(type);
      known = new ServiceDoc(own.summary(), own.text(), schemas);
      doc = known;
    }
    return known;
  }

  private ServiceSchemas schemas(JsonSchemas schemas) {
    return new ServiceSchemas(
        schema(inputType, schemas), schema(outputType, schemas), schemas.types());
  }

  private Optional<JsonNode> schema(Type type, JsonSchemas schemas) {
    if (type == Void.class) {
      return Optional.empty();
    }
    // Of text, bytes and streams nobody knows what is in them.
    boolean isRaw = type instanceof Class<?> known && (Raw.is(known) || known == Payload.class);
    return Optional.of(isRaw ? JsonNodeFactory.instance.objectNode() : schemas.of(json.type(type)));
  }

  /** Makes the writers, so that no caller need wait for them. */
  public void prepare() {
    if (output == null) {
      output = newOutput();
    }
  }

  /** Whether the writers are there. */
  public boolean isPrepared() {
    return output != null;
  }

  private Output newOutput() {
    return new Output(json.type(outputType), json, bindings.textDocuments());
  }

  /**
   * The service's input.
   *
   * @param payload what the call brings
   * @param caller the binding of the service that calls, which knows the classes of what it passes;
   *     {@code null} if no service does
   * @throws ServiceException with status 400 and the place if it does not fit
   */
  public @Nullable Object input(Payload payload, @Nullable Binding caller) {
    try {
      if (payload instanceof Payload.Document document) {
        return intake.document(document);
      }
      if (payload instanceof Payload.Stream stream) {
        return intake.stream(stream.content(), stream.format(), stream.parameters());
      }
      Object value = ((Payload.Value) payload).object();
      return value == null
          ? intake.nothing()
          : intake.value(value, caller == null ? bindings.outside() : caller.json);
    } catch (IOException failure) {
      throw new ServiceException(400, "the input could not be read", failure);
    }
  }

  /**
   * An output as a document.
   *
   * @throws IOException if it can't be written
   */
  public Rendered render(@Nullable Object value, DataFormat format) throws IOException {
    Output made = output;
    if (made == null) {
      made = newOutput();
      output = made;
    }
    return made.render(value, format);
  }

  /**
   * An output of this service in another class.
   *
   * @param type the class
   * @param caller the binding of the service that wants it, which knows the class; {@code null} if
   *     no service does
   * @throws ServiceException with status 400 and the place if it does not fit
   * @throws IOException if it can't be written or read
   */
  public <T> @Nullable T convert(@Nullable Object value, Class<T> type, @Nullable Binding caller)
      throws IOException {
    if (value == null || type == Void.class) {
      return null;
    }
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    if (Raw.is(type)) {
      return type.cast(Raw.of(value, type, json));
    }
    Json target = caller == null ? bindings.forClass(type) : caller.json;
    if (Raw.isValue(value)) {
      return type.cast(Json.read(target.reader(target.type(type)), Raw.bytes(value)));
    }
    try (TokenBuffer tokens = json.tokens(value)) {
      JsonParser source = tokens.asParserOnFirstToken();
      return type.cast(Json.read(target.reader(target.type(type)), source));
    }
  }

  /**
   * An object as JSON.
   *
   * @throws IOException if it can't be written
   */
  public byte[] toJson(Object value) throws IOException {
    return json.document(value);
  }

  /**
   * A JSON document in a class that the service knows.
   *
   * @throws ServiceException with status 400 and the place if it does not fit
   */
  public <T> @Nullable T fromJson(byte[] document, Class<T> type) {
    return type.cast(Json.read(json.reader(json.type(type)), document));
  }

  /**
   * A tree of maps, lists and scalars in a class that the service knows, where text may become
   * numbers and the like.
   *
   * @throws ServiceException with status 400 and the place if it does not fit
   * @throws IOException if it can't be written as JSON
   */
  @SuppressWarnings("unchecked") // a primitive class is that of its box
  public <T> @Nullable T fromText(Object tree, Class<T> type) throws IOException {
    try (TokenBuffer tokens = json.tokens(tree)) {
      return (T)
          Json.read(
              Leniency.throughout(json.reader(json.type(type))), tokens.asParserOnFirstToken());
    }
  }

  /** Whether a value is read while it is sent. */
  public static boolean isStream(@Nullable Object value) {
    return value instanceof InputStream;
  }
}
