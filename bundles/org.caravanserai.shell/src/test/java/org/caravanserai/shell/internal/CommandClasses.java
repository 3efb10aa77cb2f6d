package org.caravanserai.shell.internal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;

/** The commands of this bundle, by their classes. */
final class CommandClasses {

  private CommandClasses() {}

  static List<Class<?>> all() throws IOException, URISyntaxException {
    List<Class<?>> found = new ArrayList<>();
    Path classes =
        Path.of(CommandRules.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        Class<?> type = loaded(name.substring(0, name.length() - ".class".length()));
        if (type.isAnnotationPresent(Command.class)) {
          found.add(type);
        }
      }
    }
    return found;
  }

  private static Class<?> loaded(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
