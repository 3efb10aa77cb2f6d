package org.caravanserai.objects.internal.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the references in a text: <code>${NAME}</code> and <code>${NAME:-default}</code> (the
 * default also stands for an empty variable), {@code Zato_Enmasse_Env.NAME} as a whole text, <code>
 * ${secret:NAME}</code>; a doubled dollar sign before the brace stands for the text itself.
 */
public final class TextReferences {

  private static final String SECRET = "secret:";
  private static final Pattern ZATO = Pattern.compile("Zato_Enmasse_Env\\.([A-Za-z_]\\w*)");
  private static final Pattern VARIABLE =
      Pattern.compile("([A-Za-z_]\\w*)(:-(.*))?", Pattern.DOTALL);
  private static final String EXPECTED =
      "write ${NAME}, ${NAME:-default} or ${secret:NAME}, and $${ for ${ itself";

  private final Function<String, @Nullable String> environment;

  /**
   * Resolves against an environment.
   *
   * @param environment gives the value of a variable, {@code null} if it is not set
   */
  public TextReferences(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  ResolvedText resolve(String text) {
    Matcher zato = ZATO.matcher(text);
    if (zato.matches()) {
      return resolve("${" + zato.group(1) + "}");
    }
    if (!text.contains("${")) {
      return new ResolvedText(text, List.of(), List.of());
    }
    StringBuilder resolved = new StringBuilder();
    List<String> secrets = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        resolved.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          problems.add("`${` without its `}`: " + EXPECTED);
          break;
        }
        resolved.append(value(text.substring(at + 2, end), secrets, problems));
        at = end + 1;
      } else {
        resolved.append(text.charAt(at++));
      }
    }
    return new ResolvedText(resolved.toString(), secrets, problems);
  }

  private String value(String reference, List<String> secrets, List<String> problems) {
    if (reference.startsWith(SECRET) && reference.length() > SECRET.length()) {
      secrets.add(reference.substring(SECRET.length()));
      return "${" + reference + "}";
    }
    Matcher variable = VARIABLE.matcher(reference);
    if (!variable.matches()) {
      problems.add("`${...}` that is no reference: " + EXPECTED);
      return "";
    }
    String value = environment.apply(variable.group(1));
    String fallback = variable.group(3);
    if (fallback != null && (value == null || value.isEmpty())) {
      return fallback;
    }
    if (value == null) {
      problems.add(
          "`${%1$s}`: the environment has no %1$s; set it, or write ${%1$s:-default}"
              .formatted(variable.group(1)));
      return "";
    }
    return value;
  }
}
