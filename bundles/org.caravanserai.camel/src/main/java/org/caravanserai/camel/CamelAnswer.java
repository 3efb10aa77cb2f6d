package org.caravanserai.camel;

import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The message that came back from an endpoint. */
@ProviderType
public interface CamelAnswer {

  /** The body as the route left it; a stream is closed when the service's call ends. */
  @Nullable Object body();

  /**
   * The body in another class: by Camel's type converters, or else, as between services, member by
   * member; text, bytes and streams are read as JSON then.
   *
   * @param type the class; {@code Void.class} to ignore the body
   * @throws ServiceException with status 500 if it does not fit; the message says where
   */
  <T> @Nullable T body(Class<T> type);

  /** The headers; their names are found in any case. */
  Map<String, Object> headers();

  /**
   * A header in some class, by Camel's type converters.
   *
   * @param name its name, in any case
   * @param type the class
   * @return {@code null} if there is no such header, or it does not fit
   */
  <T> @Nullable T header(String name, Class<T> type);
}
