package org.caravanserai.routes.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.spi.Diagnostic;

/** Says in the words of the file's author, and at its place, why Camel took no routes. */
final class RouteRefusal {

  private static final Pattern LINE_AND_COLUMN =
      Pattern.compile("[Ll]ine[ :]+(\\d+)(?:,? *[Cc]ol(?:umn)?[ :]+(\\d+))?|@(\\d+):(\\d+)");
  private static final Pattern SCHEME =
      Pattern.compile(
          "(?:No component found with scheme|No endpoint could be found for): ([A-Za-z0-9+.-]+)");

  private static final Pattern LANGUAGE =
      Pattern.compile("No language could be found for: ([A-Za-z0-9-]+)");
  private static final Pattern DATA_FORMAT =
      Pattern.compile("Data format '([A-Za-z0-9-]+)' could not be created");
  private static final Pattern KAMELET =
      Pattern.compile("Resource not found: (\\S+)\\.kamelet\\.yaml");

  private final DeployableContent content;

  RouteRefusal(DeployableContent content) {
    this.content = content;
  }

  /** Why the source can't be read. */
  ContentRefusedException unreadable(Throwable failure) {
    return refused(Stage.COMPILE, failure);
  }

  /** Why no routes can be made of it. */
  ContentRefusedException unusable(Throwable failure) {
    return refused(Stage.LINK, failure);
  }

  /** Why a builder of routes could not be made. */
  ContentRefusedException constructed(ReflectiveOperationException failure) {
    Throwable cause = failure.getCause();
    return failure instanceof java.lang.reflect.InvocationTargetException && cause != null
        ? refused(Stage.CONSTRUCT, cause)
        : at(
            Stage.CHECK,
            "",
            failure.getMessage()
                + ": a route builder needs a public constructor without parameters");
  }

  /** Refuses it with a message of ours, at the first place where a text stands. */
  ContentRefusedException at(Stage stage, String text, String message) {
    Place place = find(text);
    return new ContentRefusedException(
        stage,
        List.of(Diagnostic.error(content.fileName(), place.line(), place.column(), message)));
  }

  /** Says that somebody else has a path. */
  ContentRefusedException conflict(List<HttpDoor> doors, String message) {
    String path =
        doors.stream()
            .flatMap(door -> door.paths().stream())
            .map(Object::toString)
            .filter(message::contains)
            .findFirst()
            .orElse("platform-http");
    return at(Stage.CONFLICT, path, message);
  }

  private ContentRefusedException refused(Stage stage, Throwable failure) {
    Place place = Place.NONE;
    Throwable root = failure;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ContentRefusedException told) {
        return told;
      }
      String message = String.valueOf(each.getMessage());
      Matcher scheme = SCHEME.matcher(message);
      if (scheme.find()) {
        return missing(scheme.group(1));
      }
      Matcher kamelet = KAMELET.matcher(message);
      if (kamelet.find()) {
        return missingKamelet(kamelet.group(1));
      }
      Matcher language = LANGUAGE.matcher(message);
      if (language.find()) {
        return missing("language", language.group(1));
      }
      Matcher format = DATA_FORMAT.matcher(message);
      if (format.find()) {
        return missing("data format", format.group(1));
      }
      Place named = named(message);
      place = named.line() > 0 ? named : place;
      root = each;
    }
    if (content.classes().isEmpty()) {
      Place quoted = quoted(root);
      // Parsers tell where they stand, which may be a line further.
      boolean sooner = quoted.line() == place.line() - 1;
      place = place.line() == 0 || sooner ? quoted : place;
    } else if (place.line() == 0) {
      place = traced(failure);
    }
    return new ContentRefusedException(
        stage,
        List.of(Diagnostic.error(content.fileName(), place.line(), place.column(), words(root))));
  }

  private ContentRefusedException missing(String scheme) {
    Place place = find(scheme + ":");
    return new ContentRefusedException(
        Stage.LINK,
        List.of(
            Diagnostic.error(
                content.fileName(),
                place.line(),
                place.column(),
                MissingComponent.advice(scheme))));
  }

  private ContentRefusedException missing(String what, String name) {
    return at(Stage.LINK, name + ":", MissingComponent.advice(what, name, name));
  }

  private ContentRefusedException missingKamelet(String name) {
    return at(
        Stage.LINK,
        "kamelet:" + name,
        "Kamelet %s is missing: %s.kamelet.yaml belongs into the folder kamelets of a watched folder"
            .formatted(name, name));
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    String text = firstLine(failure);
    boolean explains = failure instanceof RuntimeException || text.indexOf(' ') >= 0;
    return explains ? text : failure.getClass().getSimpleName() + ": " + text;
  }

  /** What follows it shows the source, which its author has. */
  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
  }

  private static Place named(String message) {
    Matcher match = LINE_AND_COLUMN.matcher(message);
    if (!match.find()) {
      return Place.NONE;
    }
    boolean xml = match.group(3) != null;
    String line = xml ? match.group(3) : match.group(1);
    String column = xml ? match.group(4) : match.group(2);
    return new Place(Integer.parseInt(line), column == null ? 1 : Integer.parseInt(column));
  }

  /** The place of the longest word of a message that stands in the source once only. */
  private Place quoted(Throwable failure) {
    String text = new String(content.text(), StandardCharsets.UTF_8);
    String best = "";
    for (String word : firstLine(failure).split("[\\s,'\"\\[\\](){}<>=?&]+", -1)) {
      int at = text.indexOf(word);
      if (word.length() > Math.max(3, best.length()) && at >= 0 && text.lastIndexOf(word) == at) {
        best = word;
      }
    }
    return best.isEmpty() ? Place.NONE : find(best);
  }

  /** The line of the author's class at which it went wrong. */
  private Place traced(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      for (StackTraceElement frame : each.getStackTrace()) {
        if (content.classes().stream()
            .anyMatch(type -> frame.getClassName().startsWith(type.getName()))) {
          return new Place(Math.max(0, frame.getLineNumber()), 1);
        }
      }
    }
    return Place.NONE;
  }

  private Place find(String what) {
    String text = new String(content.text(), StandardCharsets.UTF_8);
    int at = text.toLowerCase(Locale.ROOT).indexOf(what.toLowerCase(Locale.ROOT));
    if (what.isEmpty() || at < 0) {
      return Place.NONE;
    }
    int line = 1 + (int) text.substring(0, at).chars().filter(each -> each == '\n').count();
    return new Place(line, at - text.lastIndexOf('\n', at - 1));
  }

  /** A line and a column, from 1; 0 if they are not known. */
  private record Place(int line, int column) {
    static final Place NONE = new Place(0, 0);
  }
}
