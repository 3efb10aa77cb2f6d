package org.caravanserai.deploy.internal.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Whether a jar has a class that says of itself that it is a service. */
final class AnnotatedClasses {

  /** The annotation's type, as a class file has it among its constants. */
  private static final String ANNOTATION = "Lorg/caravanserai/api/ServiceName;";

  private AnnotatedClasses() {}

  /** Reads classes until there is one; {@code false} also for what can't be read. */
  static boolean are(byte[] content) {
    long left = 100L * content.length + 1_000_000;
    try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        byte[] file = jar.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
        left -= file.length;
        if (left < 0) {
          return false;
        }
        if (entry.getName().endsWith(".class")
            && new String(file, StandardCharsets.ISO_8859_1).contains(ANNOTATION)) {
          return true;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
    return false;
  }
}
