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
  private static final Pattern REFERENCES =
      Pattern.compile("(\\$\\{([A-Za-z_]\\w*|secret:[^}]+)})+");
  private static final String EXPECTED =
      "write ${NAME}, ${NAME:-default} or ${secret:NAME}, and $${ for ${ itself";

  private final Function<String, @Nullable String> environment;
  private final Function<String, @Nullable String> secretValues;

  /**
   * Resolves against an environment, and leaves references to secrets as they are.
   *
   * @param environment gives the value of a variable, {@code null} if it is not set
   */
  public TextReferences(Function<String, @Nullable String> environment) {
    this(environment, name -> null);
  }

  private TextReferences(
      Function<String, @Nullable String> environment,
      Function<String, @Nullable String> secretValues) {
    this.environment = environment;
    this.secretValues = secretValues;
  }

  /**
   * The same, which also puts secrets into texts.
   *
   * @param values gives the value of a secret, {@code null} if there is none of that name
   */
  public TextReferences withSecrets(Function<String, @Nullable String> values) {
    return new TextReferences(environment, values);
  }

  /** A reference to a secret. */
  public static String toSecret(String name) {
    return "${" + SECRET + name + "}";
  }

  /** A part of a secret's name, without what a reference can't hold. */
  public static String inReference(String part) {
    return part.replace("%", "%25").replace("}", "%7D");
  }

  /** How a text is written that is to be taken as it is. */
  public static String escaped(String text) {
    return text.replace("${", "$${");
  }

  /** Zato's way of referring to the environment, in ours; any other text as it is. */
  static String ofOurs(String text) {
    Matcher zato = ZATO.matcher(text);
    return zato.matches() ? "${" + zato.group(1) + "}" : text;
  }

  /** Whether a text refers to anything. */
  static boolean isReferring(String text) {
    return text.replace("$${", "").contains("${") || ZATO.matcher(text).matches();
  }

  /** Whether a text is a reference, or several, without defaults or anything else. */
  static boolean isReference(String text) {
    return REFERENCES.matcher(ofOurs(text)).matches();
  }

  /** Resolves a text. */
  public ResolvedText resolve(String text) {
    if (ZATO.matcher(text).matches()) {
      return resolve(ofOurs(text));
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
      String name = reference.substring(SECRET.length());
      String value = secretValues.apply(name);
      if (value != null) {
        return value;
      }
      secrets.add(name);
      return toSecret(name);
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
