package org.caravanserai.shell.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes Karaf's commands away in whose place ours are: of two with the same name the shell takes
 * one or the other, as they happened to start.
 */
@Component(service = {})
public final class BundleCommands {

  private static final long LOOK_MILLIS = 50;

  private static final List<Class<? extends Action>> OURS =
      List.of(BundleUpdateCommand.class, BundleRefreshCommand.class, BundleUninstallCommand.class);

  private final Registry registry;
  private final Map<String, String> descriptions = new HashMap<>();
  private final List<Command> taken = new ArrayList<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "serai-bundle-commands");
            thread.setDaemon(true);
            return thread;
          });

  /** Looks until Karaf's are there: nobody tells when a command comes. */
  @Activate
  public BundleCommands(@Reference SessionFactory sessions) {
    registry = sessions.getRegistry();
    for (Class<? extends Action> type : OURS) {
      var command = type.getAnnotation(org.apache.karaf.shell.api.action.Command.class);
      descriptions.put(command.scope() + ":" + command.name(), command.description());
    }
    var unused = clock.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    List<Command> found =
        registry.getCommands().stream()
            .filter(command -> descriptions.containsKey(nameOf(command)))
            .toList();
    List<Command> karafs = found.stream().filter(command -> !isOurs(command)).toList();
    karafs.forEach(registry::unregister);
    taken.addAll(karafs);
    if (!karafs.isEmpty()) {
      // Whoever unregisters one takes all of its name out of the shell.
      List<Command> ours = found.stream().filter(this::isOurs).toList();
      ours.forEach(registry::unregister);
      ours.forEach(registry::register);
    }
    if (taken.size() == OURS.size()) {
      clock.shutdown();
    }
  }

  private boolean isOurs(Command command) {
    return command.getDescription().equals(descriptions.get(nameOf(command)));
  }

  private static String nameOf(Command command) {
    return command.getScope() + ":" + command.getName();
  }

  /** Puts them back. */
  @Deactivate
  synchronized void restore() {
    clock.shutdownNow();
    taken.forEach(registry::register);
    taken.clear();
  }
}
