package org.caravanserai.security.internal.audit;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.caravanserai.security.audit.Audit;
import org.caravanserai.security.audit.AuditEvent;
import org.caravanserai.security.audit.AuditQuery;
import org.caravanserai.security.audit.AuditRecord;
import org.caravanserai.security.audit.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the audit in files under {@code audit} in the server's data. */
@Component(
    service = Audit.class,
    configurationPid = "org.caravanserai.security.audit",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AuditSettings.class)
public final class AuditComponent implements Audit {

  private static final Logger LOG = LoggerFactory.getLogger(AuditComponent.class);

  private final AuditFiles files;
  private final Map<Kind, RefusalCounter> refusals = new ConcurrentHashMap<>();
  private final Function<Kind, RefusalCounter> counting;
  private final Clock clock;

  /**
   * What is counted together: a flood at channels must not hide who guesses passwords of users.
   *
   * @param door the way by which they came
   * @param outcome what became of them
   */
  private record Kind(String door, Outcome outcome) {}

  /** Opens the files. */
  @Activate
  public AuditComponent(AuditSettings settings) throws IOException {
    this(
        new AuditFiles(
            Path.of(settings.data()).toAbsolutePath().resolve("audit"),
            settings.file__size(),
            settings.files()),
        settings.refusals(),
        Ticker.systemTicker(),
        Clock.systemUTC());
  }

  AuditComponent(AuditFiles files, int single, Ticker ticker, Clock clock) {
    this.files = files;
    this.clock = clock;
    this.counting = kind -> new RefusalCounter(single, ticker);
  }

  /** Closes the files. */
  @Deactivate
  public void close() throws IOException {
    refusals.forEach((kind, counter) -> tellUntold(kind, counter.rest()));
    files.close();
  }

  @Override
  public Begun begin(AuditEvent event) {
    String id = UUID.randomUUID().toString();
    try {
      files.add(line(id, event, Outcome.BEGUN, ""), true);
    } catch (IOException e) {
      throw new UncheckedIOException("the audit can't be written: " + e.getMessage(), e);
    }
    return (outcome, details) -> write(id, event, outcome, details);
  }

  @Override
  public void record(AuditEvent event, Outcome outcome, String details) {
    write(UUID.randomUUID().toString(), event, outcome, details);
  }

  @Override
  public void refused(AuditEvent event, Outcome outcome, String details) {
    Kind kind = new Kind(event.door(), outcome);
    RefusalCounter.Answer answer = refusals.computeIfAbsent(kind, counting).count();
    tellUntold(kind, answer.untold());
    if (answer.isSingle()) {
      record(event, outcome, details);
    }
  }

  private void tellUntold(Kind kind, int count) {
    if (count > 0) {
      record(
          new AuditEvent("", "", "", kind.door(), "refused", ""),
          kind.outcome(),
          count + " more refusals than get a record of their own");
    }
  }

  private void write(String id, AuditEvent event, Outcome outcome, String details) {
    try {
      files.add(line(id, event, outcome, details), false);
    } catch (IOException e) {
      LOG.error(
          "The audit can't be written: {} by {} is {}: {}",
          event.operation(),
          event.user(),
          outcome.id(),
          e.toString());
    }
  }

  private byte[] line(String id, AuditEvent event, Outcome outcome, String details) {
    return AuditLine.write(
        new AuditRecord(
            id,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            event.cid(),
            event.user(),
            event.address(),
            event.door(),
            event.operation(),
            event.target(),
            outcome,
            details));
  }

  @Override
  public AuditPage find(AuditQuery query) {
    try {
      return new AuditSearch(query).in(files.files());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
