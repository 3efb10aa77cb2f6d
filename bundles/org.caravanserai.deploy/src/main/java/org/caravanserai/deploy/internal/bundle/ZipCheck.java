package org.caravanserai.deploy.internal.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Whether an archive is whole: one that is still written is not. */
final class ZipCheck {

  /** Begins the directory at the end of an archive (PKWARE APPNOTE 6.3, 4.3.16). */
  private static final byte[] END = {'P', 'K', 5, 6};

  private static final int MAX_COMMENT = 65_535 + 22;

  private ZipCheck() {}

  /**
   * Reads it all.
   *
   * @throws IOException if it can't be read, or its end is missing
   */
  static void all(byte[] content) throws IOException {
    if (!hasEnd(content)) {
      throw new IOException("its end is missing");
    }
    byte[] buffer = new byte[8192];
    long left = 100L * content.length + 1_000_000;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
          left -= read;
          if (left < 0) {
            throw new IOException("unpacked it is more than 100 times as large");
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static boolean hasEnd(byte[] content) {
    for (int i = content.length - 22; i >= Math.max(0, content.length - MAX_COMMENT); i--) {
      if (content[i] == END[0]
          && content[i + 1] == END[1]
          && content[i + 2] == END[2]
          && content[i + 3] == END[3]) {
        return true;
      }
    }
    return false;
  }
}
