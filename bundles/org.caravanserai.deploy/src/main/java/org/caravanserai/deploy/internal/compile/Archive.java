package org.caravanserai.deploy.internal.compile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;

/** A zip file (PKWARE APPNOTE 6.3) in memory, taken apart within limits. */
public final class Archive {

  private static final int MAX_ENTRIES = 10_000;

  private Archive() {}

  /** Whether it begins as a zip file does. */
  public static boolean is(byte[] content) {
    return content.length >= 4 && content[0] == 'P' && content[1] == 'K' && content[2] <= 8;
  }

  /**
   * Its files by path; folders, hidden files and what macOS adds are left out.
   *
   * @param maxSize how large its files may be together, in bytes
   * @throws RejectedException if it can't be read, or goes beyond the limits
   */
  public static SortedMap<String, byte[]> files(String fileName, byte[] content, int maxSize)
      throws RejectedException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    long left = maxSize;
    int entries = 0;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++entries > MAX_ENTRIES) {
          throw refused(fileName, "more than " + MAX_ENTRIES + " files in it");
        }
        // Read before it is judged: an entry that is skipped costs as much.
        byte[] file = zip.readNBytes((int) left + 1);
        left -= file.length;
        if (left < 0) {
          throw refused(fileName, "too large: the limit is " + maxSize + " bytes when unpacked");
        }
        String path = entry.getName();
        if (path.startsWith("/") || path.contains("\\") || ("/" + path + "/").contains("/../")) {
          throw refused(fileName, "the path of an entry leads elsewhere: " + path);
        }
        if (!entry.isDirectory() && !isHidden(path)) {
          files.put(path, file);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw refused(fileName, "not a zip file that can be read: " + e.getMessage());
    }
    return files;
  }

  private static boolean isHidden(String path) {
    return path.startsWith(".") || path.contains("/.") || path.startsWith("__MACOSX/");
  }

  private static RejectedException refused(String fileName, String message) {
    return new RejectedException(Stage.COMPILE, Diagnostic.error(fileName, 0, 0, message));
  }
}
