package org.caravanserai.scheduler.internal.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ops4j.pax.logging.spi.PaxAppender;
import org.ops4j.pax.logging.spi.PaxLoggingEvent;
import org.osgi.service.component.annotations.Component;

/** Keeps the log lines of runs while they go on: those that carry the correlation id of one. */
@Component(
    service = {RunLogs.class, PaxAppender.class},
    immediate = true,
    property = "org.ops4j.pax.logging.appender.name=SeraiSchedulerAppender")
public final class RunLogs implements PaxAppender {

  /** Under which the runtime puts the correlation id into log lines. */
  private static final String CID = "cid";

  private static final int LONGEST_LINE = 2_000;

  private final Map<String, Lines> open = new ConcurrentHashMap<>();

  /** Keeps nothing yet. */
  public RunLogs() {}

  /** Keeps the lines of a correlation id from now on, as many as are wanted at most. */
  void begin(String cid, int limit) {
    open.put(cid, new Lines(limit));
  }

  /** The lines that were kept; nothing more is kept. */
  String end(String cid) {
    Lines lines = open.remove(cid);
    return lines == null ? "" : lines.text();
  }

  @Override
  public void doAppend(PaxLoggingEvent event) {
    if (open.isEmpty()) {
      return;
    }
    Map<String, Object> properties = event.getProperties();
    Object cid = properties == null ? null : properties.get(CID);
    Lines lines = cid == null ? null : open.get(cid.toString());
    if (lines != null) {
      lines.add(
          Instant.ofEpochMilli(event.getTimeStamp())
              + " "
              + event.getLevel()
              + " "
              + event.getLoggerName()
              + ": "
              + event.getRenderedMessage());
    }
  }

  /** Adds a line of our own. */
  void add(String cid, String line) {
    Lines lines = open.get(cid);
    if (lines != null) {
      lines.add(line);
    }
  }

  private static final class Lines {

    private final List<String> lines = new ArrayList<>();
    private final int limit;
    private int more;

    Lines(int limit) {
      this.limit = limit;
    }

    synchronized void add(String line) {
      if (lines.size() >= limit) {
        more++;
        return;
      }
      String one = line.replaceAll("[\\p{Cntrl}&&[^\\t]]+", " ");
      lines.add(one.length() > LONGEST_LINE ? one.substring(0, LONGEST_LINE) : one);
    }

    synchronized String text() {
      List<String> all = new ArrayList<>(lines);
      if (more > 0) {
        all.add("... and " + more + " lines more");
      }
      return String.join("\n", all);
    }
  }
}
