package org.caravanserai.security.audit;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of the shell without what may be secret in it: values that follow a word such as {@code
 * password}, {@code token} or {@code secret}, passwords in URLs, the credentials of Karaf's {@code
 * ssh} and {@code jaas} commands, and the input of a service, which may be anything.
 */
public final class MaskedCommand {

  private static final int LONGEST = 500;

  /** A word, of which parts may be quoted or escaped. */
  private static final String VALUE = "((?:\"(?:\\\\.|[^\"\\\\])*+\"|'[^']*+'|\\\\.|\\S)++)";

  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile(
              "(?i)([\\w.-]*(?:passw|passphrase|pwd|secret|token|credential|api[-_.]?key)[\\w.-]*"
                  + "[\"']?(?:\\s*[=:]\\s*|\\s+))"
                  + VALUE),
          Pattern.compile("(://[^/\\s:@]*:)([^@\\s]+)(?=@)"),
          Pattern.compile("(\\s[\"']?-P[\"']?\\s+)" + VALUE),
          Pattern.compile("(jaas:(?:user-add|su|sudo)\\s+\\S+\\s+)" + VALUE),
          Pattern.compile("((?:^|[|;({\\s])(?:serai:)?invoke\\s+\\S+\\s+)(.+)", Pattern.DOTALL));

  private static final Pattern OUR_SECRETS =
      Pattern.compile("(?:serai:)?(?:secret-(?:set|delete|list|rotate))\\b.*", Pattern.DOTALL);

  private MaskedCommand() {}

  /** The line as the audit may hold it. */
  public static String of(CharSequence line) {
    String masked = line.toString().strip();
    // Their argument is a secret's name: the value never is an argument.
    if (!OUR_SECRETS.matcher(masked).matches() || masked.contains(";")) {
      for (Pattern secret : SECRETS) {
        masked = secret.matcher(masked).replaceAll("$1***");
      }
    }
    return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "...";
  }
}
