package org.caravanserai.runtime;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The input of a call before it has become the type that the service takes. */
public sealed interface Payload {

  /** No input. */
  Payload NONE = new Value(null);

  /**
   * A document in a data format, with parameters that are merged into it.
   *
   * @param content the bytes; nobody changes them any more
   * @param format the data format
   * @param parameters text that came beside the document (path and query), by name, merged with its
   *     top-level members
   * @param goesFirst whether a member of the document goes before a parameter of its name; else the
   *     parameter does
   * @param strict whether members that the service does not know are an error
   */
  record Document(
      byte[] content,
      DataFormat format,
      Map<String, List<String>> parameters,
      boolean goesFirst,
      boolean strict)
      implements Payload {

    /** A document over whose members parameters go. */
    public Document(
        byte[] content, DataFormat format, Map<String, List<String>> parameters, boolean strict) {
      this(content, format, parameters, false, strict);
    }
  }

  /**
   * A body that is still arriving.
   *
   * @param content the bytes; closed by the platform when the call ends
   * @param format the data format, used if the service takes no stream after all
   * @param parameters as for a document, likewise
   */
  record Stream(InputStream content, DataFormat format, Map<String, List<String>> parameters)
      implements Payload {}

  /**
   * An object: passed on as it is when it is of the class which the service takes, else converted
   * member by member.
   *
   * @param object the object
   */
  record Value(@Nullable Object object) implements Payload {}
}
