package org.caravanserai.security.internal.user;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanserai.security.ReadOnly;
import org.caravanserai.security.ReadOnlyState;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps whether the server is read-only: in a file beside the users, which is there while it is. A
 * file that can't be read leaves the server read-only, for somebody wanted it so.
 */
@Component(
    service = ReadOnly.class,
    configurationPid = "org.caravanserai.security",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ReadOnlySwitch implements ReadOnly {

  /** The name of its file. */
  static final String NAME = "read-only.properties";

  private static final Logger LOG = LoggerFactory.getLogger(ReadOnlySwitch.class);
  private static final int LONGEST_REASON = 500;

  private final PrivateFolder folder;
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private volatile @Nullable ReadOnlyState state;

  /** Reads what was kept. */
  @Activate
  public ReadOnlySwitch(UserSettings settings) throws IOException {
    folder = new PrivateFolder(Path.of(settings.data()).toAbsolutePath().resolve("security"));
    state = read(folder.read(NAME)).orElse(null);
    state().ifPresent(kept -> LOG.warn("{}", kept.words()));
  }

  /** Another one would take all with it that asks it; the folder stays until the next start. */
  @Modified
  void modified(UserSettings settings) {
    LOG.debug("The settings of org.caravanserai.security were written again");
  }

  private static Optional<ReadOnlyState> read(Optional<byte[]> content) {
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      Properties kept = new Properties();
      kept.load(new StringReader(new String(content.get(), StandardCharsets.UTF_8)));
      return Optional.of(
          new ReadOnlyState(
              kept.getProperty("by", ""),
              Instant.parse(kept.getProperty("since", "")),
              kept.getProperty("reason", "")));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      LOG.error("{} is damaged; the server stays read-only until that is ended", NAME, e);
      return Optional.of(new ReadOnlyState("", Instant.EPOCH, NAME + " is damaged"));
    }
  }

  @Override
  public Optional<ReadOnlyState> state() {
    return Optional.ofNullable(state);
  }

  @Override
  public ReadOnlyState begin(String by, String reason) {
    String said = reason.strip();
    if (said.isEmpty()
        || said.length() > LONGEST_REASON
        || said.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "reason: 1 to " + LONGEST_REASON + " characters in one line, for all to read");
    }
    ReadOnlyState now;
    synchronized (this) {
      now =
          new ReadOnlyState(
              by,
              state()
                  .map(ReadOnlyState::since)
                  .orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS)),
              said);
      try {
        folder.write(NAME, written(now));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      state = now;
    }
    LOG.warn("{}", now.words());
    followers.forEach(Runnable::run);
    return now;
  }

  private static byte[] written(ReadOnlyState state) throws IOException {
    Properties kept = new Properties();
    kept.setProperty("by", state.by());
    kept.setProperty("since", state.since().toString());
    kept.setProperty("reason", state.reason());
    StringWriter text = new StringWriter();
    kept.store(text, null);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void end() {
    synchronized (this) {
      if (state == null) {
        return;
      }
      try {
        folder.delete(NAME);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      state = null;
    }
    LOG.info("The server is not read-only any more");
    followers.forEach(Runnable::run);
  }

  @Override
  public void follow(Runnable follower) {
    followers.add(follower);
  }

  @Override
  public void leave(Runnable follower) {
    followers.remove(follower);
  }
}
