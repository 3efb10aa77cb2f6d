package org.caravanserai.shell.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.Session;

/** Where a source is to be read: a file, or a URL. */
record SourceLocation(URI uri) {

  private static final int LARGEST = 10 * 1024 * 1024;
  private static final Pattern KIND =
      Pattern.compile("\\.(java|zip|jar|kar|camel\\.yaml|camel\\.xml|xml)$");

  /** The place that a user typed; a relative file name counts from the folder the user is in. */
  static SourceLocation of(String typed, Session session) {
    // A scheme of one letter would be a drive.
    if (typed.indexOf(':') > 1) {
      return new SourceLocation(URI.create(typed));
    }
    return new SourceLocation(file(typed, session).toUri());
  }

  /** The file that a user typed; a relative name counts from the folder the user is in. */
  static Path file(String typed, Session session) {
    Object directory = session.get("serai.directory");
    Path base = Path.of(directory == null ? "" : directory.toString());
    return base.resolve(typed).toAbsolutePath().normalize();
  }

  /** What the deployment is called if nobody says so: as its file, or as its Maven artifact. */
  String baseName() {
    if (uri.getScheme().equals("mvn")) {
      String artifact = uri.getSchemeSpecificPart();
      String[] parts = artifact.substring(artifact.lastIndexOf('!') + 1).split("/", -1);
      if (parts.length < 2) {
        throw new IllegalArgumentException(uri + " is not mvn:GROUP/ARTIFACT/VERSION");
      }
      return parts[1];
    }
    String path = uri.getPath() == null ? uri.getSchemeSpecificPart() : uri.getPath();
    String file = path.substring(path.lastIndexOf('/') + 1);
    return KIND.matcher(file).replaceFirst("");
  }

  byte[] read() throws IOException {
    if (uri.getScheme().equals("file") && !Files.isRegularFile(Path.of(uri))) {
      throw new IOException(Path.of(uri) + " is no file");
    }
    try (InputStream in = uri.toURL().openStream()) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException(uri + " is larger than " + LARGEST + " bytes");
      }
      return bytes;
    }
  }
}
