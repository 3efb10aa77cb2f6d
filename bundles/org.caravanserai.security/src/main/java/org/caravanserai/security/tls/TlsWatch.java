package org.caravanserai.security.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.spi.ReadinessCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the {@link TlsFiles} of a listener and hands over what they hold, at first and whenever
 * they have changed. Files that can't be used leave the listener as it is.
 */
public final class TlsWatch implements ReadinessCheck, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);
  private static final Duration SOON = Duration.ofDays(30);
  private static final Duration REMIND = Duration.ofDays(1);

  private final String name;
  private final String listener;
  private final TlsFiles files;
  private final Use use;
  private final ScheduledExecutorService watch;
  private volatile String problem = "is not open yet";
  private volatile TlsFiles.@Nullable Content current;
  private String seen = "";
  private Instant reminded = Instant.EPOCH;

  /** Takes over what the files hold. */
  @FunctionalInterface
  public interface Use {
    /**
     * Takes it over.
     *
     * @param content what connections are made with from now on
     * @param isFirst whether there was none before
     * @throws Exception if it can't be used; the message says why
     */
    void use(TlsFiles.Content content, boolean isFirst) throws Exception;
  }

  /**
   * Looks at files once, and again when {@link #start told}.
   *
   * @param name the name as a check of readiness
   * @param listener whose files they are, as the log calls it
   */
  public TlsWatch(String name, String listener, TlsFiles files, Use use) {
    this.name = name;
    this.listener = listener;
    this.files = files;
    this.use = use;
    watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "serai-tls-" + listener);
              thread.setDaemon(true);
              return thread;
            });
    look();
  }

  /**
   * From now on looks for changes.
   *
   * @param seconds between two looks
   */
  public void start(int seconds) {
    int pause = Math.max(seconds, 1);
    ScheduledFuture<?> unused =
        watch.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.SECONDS);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> reason() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  /** The certificate that callers see; {@code null} while there is none. */
  public @Nullable X509Certificate shown() {
    TlsFiles.Content content = current;
    return content == null ? null : content.shown();
  }

  /** Takes over what has changed. */
  public synchronized void look() {
    try {
      String stamp = files.stamp();
      if (!stamp.equals(seen) || current == null) {
        take(stamp);
      }
      remind();
    } catch (Exception e) {
      refuse(e);
    }
  }

  private void take(String stamp) throws Exception {
    boolean again = stamp.equals(seen);
    seen = stamp;
    TlsFiles.Content content;
    try {
      content = files.read(stamp);
      if (!files.stamp().equals(stamp)) {
        // Files that are being replaced: the next look meets them whole.
        seen = "";
        return;
      }
      use.use(content, current == null);
    } catch (Exception e) {
      if (!again) {
        refuse(e);
      }
      return;
    }
    current = content;
    problem = "";
    reminded = Instant.EPOCH;
    LOG.info(
        "TLS certificate of {} is in use; it expires at {} ({} listener)",
        content.shown().getSubjectX500Principal(),
        content.shown().getNotAfter().toInstant(),
        listener);
  }

  private void refuse(Exception failure) {
    if (current == null) {
      problem = String.valueOf(failure.getMessage());
      LOG.error("The {} listener with TLS can't open: {}", listener, problem);
    } else {
      LOG.error(
          "The new TLS files can't be used, the old ones stay ({} listener): {}",
          listener,
          failure.getMessage());
    }
  }

  private void remind() {
    X509Certificate shown = shown();
    Instant now = Instant.now();
    if (shown == null || now.isBefore(reminded.plus(REMIND))) {
      return;
    }
    Instant end = shown.getNotAfter().toInstant();
    String subject = shown.getSubjectX500Principal().getName();
    if (now.isAfter(end)) {
      LOG.error(
          "The TLS certificate of {} has expired at {} ({} listener)", subject, end, listener);
    } else if (now.plus(SOON).isAfter(end)) {
      LOG.warn(
          "The TLS certificate of {} expires soon, at {} ({} listener)", subject, end, listener);
    } else {
      return;
    }
    reminded = now;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
