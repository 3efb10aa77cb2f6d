package org.caravanserai.runtime.internal;

import java.util.Locale;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.RevisionRefusedException.Stage;
import org.jspecify.annotations.Nullable;

/** The names of services. */
final class ServiceNames {

  private static final int MAX_LENGTH = 200;

  private ServiceNames() {}

  /**
   * The name that a class gives itself, or else that of its package and class: {@code
   * com.acme.GetCustomer} is {@code com.acme.get-customer}, {@code com.acme.Crm.HTTPCall} is {@code
   * com.acme.crm.http-call}.
   */
  static String of(Class<?> type) throws RevisionRefusedException {
    ServiceName given = type.getAnnotation(ServiceName.class);
    String name = given == null ? derived(type) : given.value();
    String fault = fault(name);
    if (fault != null) {
      String advice = given == null ? "; give it one by @ServiceName" : "";
      throw new RevisionRefusedException(
          Stage.CHECK, "The service's name '" + name + "' " + fault + advice, null);
    }
    return name;
  }

  private static String derived(Class<?> type) {
    String prefix = type.getPackageName().toLowerCase(Locale.ROOT);
    String simple = type.getName().substring(type.getName().lastIndexOf('.') + 1);
    StringBuilder name = new StringBuilder(prefix.isEmpty() ? "" : prefix + ".");
    for (int i = 0; i < simple.length(); i++) {
      char letter = simple.charAt(i);
      if (beginsWord(simple, i)) {
        name.append('-');
      }
      name.append(letter == '$' ? '.' : Character.toLowerCase(letter));
    }
    return name.toString();
  }

  /** Whether a capital begins a word: after a small letter, or as the last of several. */
  private static boolean beginsWord(String name, int i) {
    if (i == 0 || !Character.isUpperCase(name.charAt(i))) {
      return false;
    }
    char before = name.charAt(i - 1);
    if (Character.isLowerCase(before) || Character.isDigit(before)) {
      return true;
    }
    return Character.isUpperCase(before)
        && i + 1 < name.length()
        && Character.isLowerCase(name.charAt(i + 1));
  }

  /** What is wrong with a name, {@code null} if nothing is. */
  static @Nullable String fault(String name) {
    if (name.isEmpty()) {
      return "is empty";
    }
    if (name.length() > MAX_LENGTH) {
      return "has more than " + MAX_LENGTH + " characters";
    }
    if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
      return "has an empty part between its dots";
    }
    for (int i = 0; i < name.length(); i++) {
      if (!isAllowed(name.charAt(i))) {
        return "has the character '"
            + name.charAt(i)
            + "'; letters, digits, '-' and '_' in parts divided by dots are allowed";
      }
    }
    return null;
  }

  /**
   * What is wrong with the name of a service or of an entrance, which has any text after a {@code
   * #}; {@code null} if nothing is.
   */
  static @Nullable String faultOfEntrance(String name) {
    int mark = name.indexOf('#');
    return fault(mark < 0 ? name : name.substring(0, mark));
  }

  private static boolean isAllowed(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || letter == '-'
        || letter == '_'
        || letter == '.';
  }
}
