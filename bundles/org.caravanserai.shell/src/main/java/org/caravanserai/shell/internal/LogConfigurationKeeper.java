package org.caravanserai.shell.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Dictionary;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the log its configuration back when it has become empty. Felix File Install saves a change
 * such as that of {@code log:set} by emptying the file and filling it again; when it looks for
 * changed files between the two, it takes the empty one for what an operator wants, and saves that.
 */
@Component(service = ConfigurationListener.class, immediate = true)
public final class LogConfigurationKeeper implements ConfigurationListener {

  private static final Logger LOG = LoggerFactory.getLogger(LogConfigurationKeeper.class);
  private static final String PID = "org.ops4j.pax.logging";
  private static final String FILE = "felix.fileinstall.filename";
  private static final String OURS = "log4j2.";

  private final ConfigurationAdmin configurations;
  private @Nullable Dictionary<String, Object> good;
  private @Nullable String goodText;

  /** Remembers what there is. */
  @Activate
  public LogConfigurationKeeper(@Reference ConfigurationAdmin configurations) throws IOException {
    this.configurations = configurations;
    look();
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    if (!PID.equals(event.getPid()) || event.getType() != ConfigurationEvent.CM_UPDATED) {
      return;
    }
    try {
      look();
    } catch (IOException e) {
      LOG.error("The configuration of the log is empty and can't be given back", e);
    }
  }

  private synchronized void look() throws IOException {
    Configuration configuration = configurations.getConfiguration(PID, null);
    Dictionary<String, Object> now = configuration.getProperties();
    if (now == null || !(now.get(FILE) instanceof String name)) {
      return;
    }
    Path file = Path.of(URI.create(name));
    if (Collections.list(now.keys()).stream().anyMatch(key -> key.startsWith(OURS))) {
      good = now;
      remember(file);
    } else if (good != null) {
      if (goodText != null) {
        // With its comments; what was changed since is saved into it by the update.
        replace(file, goodText);
      }
      configuration.update(good);
    }
  }

  private void remember(Path file) throws IOException {
    String text = Files.readString(file);
    if (text.contains(OURS)) {
      goodText = text;
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.writeString(unfinished, text);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
