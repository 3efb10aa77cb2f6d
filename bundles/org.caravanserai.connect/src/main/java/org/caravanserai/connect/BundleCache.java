package org.caravanserai.connect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The framework's cache on disk. Felix keeps each bundle in {@code bundleN}, whose {@code
 * bundle.info} has the location in its second line.
 */
final class BundleCache {

  private BundleCache() {}

  /**
   * Removes the modules of an earlier run, for which the framework would look one by one and
   * complain, and the libraries of that run.
   */
  static void clean(Path storage) {
    if (!Files.isDirectory(storage)) {
      return;
    }
    try (DirectoryStream<Path> bundles = Files.newDirectoryStream(storage, "bundle[0-9]*")) {
      for (Path each : bundles) {
        if (isOurs(each.resolve("bundle.info"))) {
          delete(each);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // What is left is only removed later and louder, by the framework itself.
      System.getLogger(BundleCache.class.getName())
          .log(System.Logger.Level.WARNING, "The bundle cache can't be cleaned: " + e);
    }
  }

  private static boolean isOurs(Path info) {
    try (BufferedReader lines = Files.newBufferedReader(info)) {
      lines.readLine();
      String location = lines.readLine();
      return location != null
          && (location.startsWith(ConnectedModules.SCHEME)
              || location.startsWith(ConnectedModules.LIBRARIES));
    } catch (IOException e) {
      return false;
    }
  }

  private static void delete(Path bundle) throws IOException {
    try (Stream<Path> all = Files.walk(bundle)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    }
  }
}
