package org.caravanserai.rest.internal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.caravanserai.http.PathTemplate;

/**
 * Which services have a channel by themselves, and what it is like.
 *
 * @param prefix what its path begins with; ends with a slash
 * @param include one of these matches the service's name
 * @param exclude none of these does
 * @param security the security definition that lets callers in
 * @param groups groups of them
 */
record AutoRules(
    String prefix,
    List<Pattern> include,
    List<Pattern> exclude,
    Optional<String> security,
    List<String> groups) {

  /** No service has one. */
  static final AutoRules NONE =
      new AutoRules("/", List.of(), List.of(), Optional.empty(), List.of());

  private static final Pattern SPECIAL = Pattern.compile("\\*|\\{[^{}]*}|[^*{]+|.");

  /**
   * What the settings say.
   *
   * @throws IllegalArgumentException if they make no sense, or leave open who may call
   */
  static AutoRules of(RestSettings settings) {
    if (!settings.auto__rest__channel__enabled()) {
      return NONE;
    }
    AutoRules rules =
        new AutoRules(
            prefix(settings.auto__rest__channel__prefix().strip()),
            patterns(settings.auto__rest__channel__include()),
            patterns(settings.auto__rest__channel__exclude()),
            Optional.of(settings.auto__rest__channel__security().strip())
                .filter(name -> !name.isEmpty()),
            items(settings.auto__rest__channel__groups()).toList());
    boolean isSecured = rules.security.isPresent() || !rules.groups.isEmpty();
    if (isSecured == settings.auto__rest__channel__is__public()) {
      throw new IllegalArgumentException(
          isSecured
              ? "auto_rest_channel_is_public makes no sense together with security or groups"
              : "say who may call: auto_rest_channel_security, auto_rest_channel_groups, or"
                  + " auto_rest_channel_is_public = true for everybody");
    }
    return rules;
  }

  private static String prefix(String written) {
    String from = written.startsWith("/") ? written : "/" + written;
    String prefix = from.endsWith("/") ? from : from + "/";
    try {
      if (!PathTemplate.parse(prefix).isLiteral()) {
        throw new IllegalArgumentException("can't have parameters");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "auto_rest_channel_prefix " + written + " " + e.getMessage(), e);
    }
    if (PathTemplate.isReserved(prefix)) {
      throw new IllegalArgumentException(
          "auto_rest_channel_prefix " + written + " is reserved for the server itself");
    }
    return prefix;
  }

  private static List<Pattern> patterns(String list) {
    return items(list).map(AutoRules::pattern).toList();
  }

  private static Stream<String> items(String list) {
    return Stream.of(list.split("[,;]", -1)).map(String::strip).filter(item -> !item.isEmpty());
  }

  /** {@code *} stands for any text, a word in braces for one part between dots. */
  private static Pattern pattern(String written) {
    String regex =
        SPECIAL
            .matcher(written)
            .replaceAll(
                found -> {
                  String text = found.group();
                  String part = text.startsWith("{") && text.endsWith("}") ? "[^.]+" : "";
                  String any = text.equals("*") ? ".*" : part;
                  return java.util.regex.Matcher.quoteReplacement(
                      any.isEmpty() ? Pattern.quote(text) : any);
                });
    return Pattern.compile(regex);
  }

  /** The channel that a service has; empty if it has none, as the entrances of routes. */
  Optional<RestChannel> channel(String service) {
    boolean isEntrance = service.indexOf('#') >= 0;
    return !isEntrance && matches(include, service) && !matches(exclude, service)
        ? Optional.of(
            RestChannel.automatic(service, prefix + service.replace('.', '/'), security, groups))
        : Optional.empty();
  }

  private static boolean matches(List<Pattern> patterns, String service) {
    return patterns.stream().anyMatch(each -> each.matcher(service).matches());
  }
}
