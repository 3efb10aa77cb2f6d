package org.caravanserai.management.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.management.LoggerInfo;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Levels of loggers for a while. The log is given its configuration with these levels in it; the
 * configuration itself, and its file, stay as they are, so that each level ends by itself, with the
 * server at the latest.
 */
@Component(service = LogLevels.class)
public final class LogLevels {

  private static final Logger LOG = LoggerFactory.getLogger(LogLevels.class);
  private static final String PID = "org.ops4j.pax.logging";
  private static final long LOOK_SECONDS = 1;

  /** A logger whose level is that of the root. */
  private static final String ORPHAN = "serai-level-of-root";

  private record Temporary(String level, Instant until, String by) {}

  private final ConfigurationAdmin configurations;
  private final ManagedService log;
  private final ServiceReference<ManagedService> reference;
  private final Map<String, Temporary> temporary = new TreeMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "serai-log-levels");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> looking;

  /** Made by the container. */
  @Activate
  public LogLevels(
      @Reference ConfigurationAdmin configurations,
      @Reference(target = "(service.pid=" + PID + ")") ManagedService log,
      @Reference(name = "reference", target = "(service.pid=" + PID + ")")
          ServiceReference<ManagedService> reference) {
    this.configurations = configurations;
    this.log = log;
    this.reference = reference;
    looking =
        clock.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends them all. */
  @Deactivate
  public synchronized void close() {
    looking.cancel(true);
    clock.shutdownNow();
    if (!temporary.isEmpty()) {
      temporary.clear();
      apply();
    }
  }

  /** The loggers that have a level of their own. */
  synchronized List<LoggerInfo> list() {
    Map<String, String> levels = configuration().levels();
    TreeSet<String> names = new TreeSet<>(levels.keySet());
    names.addAll(temporary.keySet());
    List<LoggerInfo> all = new ArrayList<>();
    names.forEach(name -> all.add(info(name, levels)));
    return all;
  }

  /** A logger, whether or not it has a level of its own. */
  synchronized LoggerInfo find(String name) {
    return info(name, configuration().levels());
  }

  /** Sets a level for a while; there is one at a time for a logger. */
  synchronized LoggerInfo set(String name, String level, Duration time, String by) {
    temporary.put(name, new Temporary(level, Instant.now().plus(time), by));
    apply();
    LOG.info("Level of {} is {} for {}, by {}", name, level, time, by);
    return find(name);
  }

  /** Ends a level that was set for a while; whether there was one. */
  synchronized boolean end(String name) {
    boolean isSet = temporary.remove(name) != null;
    if (isSet) {
      apply();
      LOG.info("Level of {} is what its configuration says again", name);
    }
    return isSet;
  }

  private LoggerInfo info(String name, Map<String, String> configured) {
    Map<String, String> levels = new TreeMap<>(configured);
    temporary.forEach((each, set) -> levels.put(each, set.level()));
    Optional<Temporary> set = Optional.ofNullable(temporary.get(name));
    return new LoggerInfo(
        name,
        LogConfiguration.level(levels, name),
        LogConfiguration.level(configured, name),
        set.map(Temporary::until),
        set.map(Temporary::by));
  }

  private synchronized void look() {
    try {
      Instant now = Instant.now();
      for (String name : List.copyOf(temporary.keySet())) {
        Temporary set = temporary.get(name);
        if (set != null && !now.isBefore(set.until())) {
          end(name);
        }
      }
      // Who changes the configuration meanwhile has the log forget them.
      if (!temporary.entrySet().stream().allMatch(each -> isSet(each.getKey(), each.getValue()))) {
        apply();
      }
    } catch (RuntimeException e) {
      // It would never look again.
      LOG.warn("Levels of the log can't be looked after: {}", e.toString());
    }
  }

  private static boolean isSet(String name, Temporary set) {
    Logger logger = LoggerFactory.getLogger(name.equals(LogConfiguration.ROOT) ? ORPHAN : name);
    return set.level().equals(level(logger));
  }

  private static String level(Logger logger) {
    if (logger.isTraceEnabled()) {
      return "TRACE";
    }
    if (logger.isDebugEnabled()) {
      return "DEBUG";
    }
    if (logger.isInfoEnabled()) {
      return "INFO";
    }
    if (logger.isWarnEnabled()) {
      return "WARN";
    }
    return logger.isErrorEnabled() ? "ERROR" : "OFF";
  }

  private void apply() {
    Map<String, String> levels = new TreeMap<>();
    temporary.forEach((name, set) -> levels.put(name, set.level()));
    try {
      log.updated(configuration().with(levels));
    } catch (ConfigurationException e) {
      throw new IllegalStateException("The log does not take its configuration", e);
    }
  }

  private LogConfiguration configuration() {
    @Nullable Dictionary<String, Object> properties;
    try {
      properties = configurations.getConfiguration(PID, "?").getProcessedProperties(reference);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (properties == null) {
      throw new IllegalStateException("The log has no configuration");
    }
    return new LogConfiguration(properties);
  }
}
