package org.caravanserai.console.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/** The files of the application: those that lie in the bundle, known one by one. */
final class ConsoleFiles {

  private static final String FOLDER = "/console";

  private final Map<String, URL> files = new TreeMap<>();

  ConsoleFiles(Bundle bundle) {
    Enumeration<URL> found = bundle.findEntries(FOLDER, "*", true);
    while (found != null && found.hasMoreElements()) {
      URL url = found.nextElement();
      String path = url.getPath().substring(url.getPath().indexOf(FOLDER) + FOLDER.length());
      if (!path.endsWith("/")) {
        files.put(path, url);
      }
    }
  }

  /** Whether there is a file of that path. */
  boolean has(String path) {
    return files.containsKey(path);
  }

  /** The file of a path such as {@code /assets/index-1a2b.js}, which is there. */
  byte[] read(String path) throws IOException {
    URL url = files.get(path);
    if (url == null) {
      throw new FileNotFoundException(path);
    }
    try (InputStream in = url.openStream()) {
      return in.readAllBytes();
    }
  }
}
