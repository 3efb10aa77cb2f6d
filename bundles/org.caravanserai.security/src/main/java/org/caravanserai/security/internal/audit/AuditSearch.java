package org.caravanserai.security.internal.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.caravanserai.security.audit.Audit.AuditPage;
import org.caravanserai.security.audit.AuditQuery;
import org.caravanserai.security.audit.AuditRecord;
import org.caravanserai.security.audit.Outcome;

/** Looks through the files of the audit, the newest record first; an act that has ended once. */
final class AuditSearch {

  private final AuditQuery query;
  private final Set<String> ended = new HashSet<>();
  private final List<AuditRecord> page = new ArrayList<>();
  private int found;
  private boolean isOver;

  AuditSearch(AuditQuery query) {
    this.query = query;
  }

  /**
   * Looks.
   *
   * @param files the oldest first
   */
  AuditPage in(List<Path> files) throws IOException {
    for (int i = files.size() - 1; i >= 0 && !isEnough(); i--) {
      List<AuditRecord> records = read(files.get(i));
      Collections.reverse(records);
      records.forEach(this::look);
      isOver = !records.isEmpty() && isBefore(records.get(records.size() - 1));
    }
    return new AuditPage(List.copyOf(page), found > query.offset() + page.size());
  }

  private boolean isEnough() {
    return isOver || found > query.offset() + query.limit();
  }

  private boolean isBefore(AuditRecord oldest) {
    return query.from().map(from -> oldest.time().isBefore(from)).orElse(false);
  }

  private void look(AuditRecord entry) {
    if (entry.outcome() == Outcome.BEGUN ? ended.remove(entry.id()) : !ended.add(entry.id())) {
      return;
    }
    if (query.wants(entry)) {
      if (found >= query.offset() && page.size() < query.limit()) {
        page.add(entry);
      }
      found++;
    }
  }

  private static List<AuditRecord> read(Path file) throws IOException {
    List<AuditRecord> records = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        AuditLine.read(line).ifPresent(records::add);
      }
    } catch (NoSuchFileException e) {
      // It was the oldest, and is gone meanwhile.
      return records;
    }
    return records;
  }
}
