package org.caravanserai.objects.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.internal.disk.Disk;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads a file and, for its {@code include:} list, the files that it names, and theirs. */
final class Includes {

  /** The key whose list names other files. */
  static final String KEY = "include";

  private final YamlReader yaml;
  private final Disk disk;

  Includes(YamlReader yaml, Disk disk) {
    this.yaml = yaml;
    this.disk = disk;
  }

  /**
   * Reads a file.
   *
   * @param path where it lies, against whose folder the names in it count; {@code null} if it came
   *     without a place
   * @param content its content
   * @param problems told what is wrong, in which file
   * @return the file first, and each included one once; without meaning if there is an error
   */
  List<Document> read(@Nullable Path path, byte[] content, Problems problems) {
    List<Document> documents = new ArrayList<>();
    var reading = new Reading(documents, new HashSet<>(), new ArrayList<>());
    if (path != null) {
      reading.seen.add(path.toAbsolutePath().normalize());
      reading.open.add(path.toAbsolutePath().normalize());
    }
    reading.read(path, content, problems);
    return documents;
  }

  private final class Reading {

    private final List<Document> documents;
    private final Set<Path> seen;
    private final List<Path> open;
    private long bytes;

    Reading(List<Document> documents, Set<Path> seen, List<Path> open) {
      this.documents = documents;
      this.seen = seen;
      this.open = open;
    }

    private void read(@Nullable Path path, byte[] content, Problems problems) {
      Optional<YamlValue.Mapping> root = yaml.read(content, problems);
      if (root.isEmpty()) {
        return;
      }
      documents.add(new Document(problems.file(), root.get()));
      YamlValue.Entry list = root.get().entries().get(KEY);
      if (list == null) {
        return;
      }
      if (!(list.value() instanceof YamlValue.Items items)) {
        problems.error(
            list.value().place(), "include: expected a list, found " + list.value().describe());
        return;
      }
      for (YamlValue item : items.items()) {
        include(path, item, problems);
      }
    }

    private void include(@Nullable Path from, YamlValue item, Problems problems) {
      if (!(item instanceof YamlValue.Scalar scalar) || scalar.isNull()) {
        problems.error(item.place(), "include: expected a file, found " + item.describe());
        return;
      }
      if (from == null) {
        problems.error(
            item.place(), "include: what is sent has no folder; a file on the server may include");
        return;
      }
      Path file = from.toAbsolutePath().resolveSibling(scalar.text()).normalize();
      if (open.contains(file)) {
        problems.error(item.place(), "include: " + scalar.text() + " includes itself");
        return;
      }
      if (!seen.add(file)) {
        return;
      }
      try {
        Optional<byte[]> content = disk.read(file);
        if (content.isEmpty()) {
          problems.error(item.place(), "include: " + file + " is not there");
          return;
        }
        bytes += content.get().length;
        if (bytes > yaml.limits().maxBytes()) {
          problems.error(
              item.place(),
              "include: more than %d bytes in all (setting max_file_size)"
                  .formatted(yaml.limits().maxBytes()));
          return;
        }
        open.add(file);
        read(file, content.get(), problems.in(file.toString()));
        open.remove(open.size() - 1);
      } catch (IOException e) {
        problems.error(item.place(), "include: " + file + " can't be read: " + e.getMessage());
      }
    }
  }
}
