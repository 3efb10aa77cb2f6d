package org.caravanserai.runtime.internal.binding;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Rendered;

/** A binding to one type, for tests. */
final class Bound<T> {

  static final Bindings BINDINGS = new Bindings(new Limits(200, 1000, 1000, 10_000));

  private final Binding binding;

  private Bound(Type input) {
    try {
      binding = BINDINGS.bind(input, input);
    } catch (UnboundTypeException unfit) {
      throw new IllegalArgumentException(unfit);
    }
  }

  static <T> Bound<T> to(Class<T> type) {
    return new Bound<>(type);
  }

  static <T> Bound<T> to(Type type) {
    return new Bound<>(type);
  }

  T json(String document) {
    return json(document, Map.of());
  }

  T json(String document, Map<String, List<String>> parameters) {
    return take(
        new Payload.Document(
            document.getBytes(StandardCharsets.UTF_8), DataFormat.JSON, parameters, false));
  }

  T strict(String document) {
    return take(
        new Payload.Document(
            document.getBytes(StandardCharsets.UTF_8), DataFormat.JSON, Map.of(), true));
  }

  T form(String document) {
    return take(
        new Payload.Document(
            document.getBytes(StandardCharsets.UTF_8), DataFormat.FORM, Map.of(), false));
  }

  T text(String name, String... values) {
    return json("", Map.of(name, List.of(values)));
  }

  T value(Object value) {
    return take(new Payload.Value(value));
  }

  @SuppressWarnings("unchecked") // the test says what type it bound
  T take(Payload payload) {
    return (T) binding.input(payload, null);
  }

  String write(Object value) throws Exception {
    Rendered rendered = binding.render(value, DataFormat.JSON);
    return new String(((Rendered.Bytes) rendered).content(), StandardCharsets.UTF_8);
  }

  Binding binding() {
    return binding;
  }

  /** The words of the 400 that something ends in. */
  static String complaint(ThrowingCallable work) {
    ServiceException failure = catchThrowableOfType(ServiceException.class, work);
    if (failure == null) {
      return "accepted";
    }
    return failure.status() == 400 ? failure.details() : failure.status() + " " + failure.details();
  }
}
