package org.caravanserai.shell.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes Karaf's commands away in whose place ours are. Of two with the same name the shell takes
 * that which came last, and nobody tells when one comes: so it looks before each line that is run.
 */
@Component(service = CommandSessionListener.class, immediate = true)
public final class BundleCommands implements CommandSessionListener {

  private static final List<Class<? extends Action>> OURS =
      List.of(BundleUpdateCommand.class, BundleRefreshCommand.class, BundleUninstallCommand.class);

  private final CommandTable table;
  private final Map<String, String> descriptions = new HashMap<>();
  private final List<Command> taken = new ArrayList<>();

  /** Made by the container. */
  @Activate
  public BundleCommands(@Reference CommandTable table) {
    this.table = table;
    for (Class<? extends Action> type : OURS) {
      var command = type.getAnnotation(org.apache.karaf.shell.api.action.Command.class);
      descriptions.put(command.scope() + ":" + command.name(), command.description());
    }
  }

  @Override
  public void beforeExecute(CommandSession session, CharSequence line) {
    table.change(this::look);
  }

  private void look(Registry registry) {
    List<Command> found =
        registry.getServices(Command.class).stream()
            .filter(command -> descriptions.containsKey(nameOf(command)))
            .toList();
    List<Command> karafs = found.stream().filter(command -> !isOurs(command)).toList();
    if (!karafs.isEmpty()) {
      karafs.forEach(registry::unregister);
      taken.addAll(karafs);
      // Whoever unregisters one takes all of its name out of the shell.
      List<Command> ours = found.stream().filter(this::isOurs).toList();
      ours.forEach(registry::unregister);
      ours.forEach(registry::register);
    }
  }

  private boolean isOurs(Command command) {
    return command.getDescription().equals(descriptions.get(nameOf(command)));
  }

  private static String nameOf(Command command) {
    return command.getScope() + ":" + command.getName();
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Exception exception) {
    // Nothing is to be done.
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Object result) {
    // Nothing is to be done.
  }

  /** Puts them back. */
  @Deactivate
  void restore() {
    table.change(registry -> taken.forEach(registry::register));
  }
}
