package org.caravanserai.runtime.internal.docs;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.caravanserai.runtime.DocComments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of some classes. */
public final class Docs {

  private static final Logger LOG = LoggerFactory.getLogger(Docs.class);

  private final Map<String, Doc> docs;

  private Docs(Map<String, Doc> docs) {
    this.docs = docs;
  }

  /**
   * Reads what is said of classes.
   *
   * @param classes the classes
   * @param length how many characters of a comment are read
   */
  public static Docs of(Collection<Class<?>> classes, int length) {
    Map<ClassLoader, Map<String, String>> known = new HashMap<>();
    Map<String, String> wanted = new LinkedHashMap<>();
    for (Class<?> each : classes) {
      ClassLoader loader = each.getClassLoader();
      if (loader != null) {
        Map<String, String> comments = known.computeIfAbsent(loader, Docs::comments);
        add(each.getName(), comments, wanted);
        for (Object constant : each.isEnum() ? each.getEnumConstants() : new Object[0]) {
          add(name(each, (Enum<?>) constant), comments, wanted);
        }
      }
    }
    return new Docs(wanted.isEmpty() ? Map.of() : CommentReader.read(wanted, length));
  }

  private static void add(String name, Map<String, String> from, Map<String, String> to) {
    String comment = from.get(name);
    if (comment != null) {
      to.put(name, comment);
    }
  }

  private static Map<String, String> comments(ClassLoader loader) {
    try {
      return DocComments.of(loader).comments();
    } catch (IOException e) {
      LOG.warn("{} of {} can't be read: {}", DocComments.PATH, loader, e.getMessage());
      return Map.of();
    }
  }

  private static String name(Class<?> type, Enum<?> constant) {
    return type.getName() + "#" + constant.name();
  }

  /** Of a class. */
  public Doc of(Class<?> type) {
    return docs.getOrDefault(type.getName(), Doc.NONE);
  }

  /** Of a constant of an enum. */
  public Doc of(Class<?> type, Enum<?> constant) {
    return docs.getOrDefault(name(type, constant), Doc.NONE);
  }
}
