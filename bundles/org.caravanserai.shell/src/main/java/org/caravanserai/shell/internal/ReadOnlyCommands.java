package org.caravanserai.shell.internal;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.caravanserai.security.ReadOnly;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Puts a guard before each command, ours and Karaf's, while the server is read-only. Nobody tells
 * when a command comes: so it looks before each line that is run, too.
 */
@Component(service = CommandSessionListener.class, immediate = true)
public final class ReadOnlyCommands implements CommandSessionListener {

  private final CommandTable table;
  private final ReadOnly readOnly;
  private final Runnable follower = this::look;

  /** Looks at once: the server may have been started read-only. */
  @Activate
  public ReadOnlyCommands(@Reference CommandTable table, @Reference ReadOnly readOnly) {
    this.table = table;
    this.readOnly = readOnly;
    readOnly.follow(follower);
    look();
  }

  private void look() {
    table.change(
        registry -> {
          if (readOnly.state().isPresent()) {
            guard(registry);
          } else {
            release(registry);
          }
        });
  }

  private void guard(Registry registry) {
    for (Command command : registry.getServices(Command.class)) {
      if (!(command instanceof GuardedCommand)) {
        registry.unregister(command);
        registry.register(new GuardedCommand(command, readOnly));
      }
    }
  }

  private void release(Registry registry) {
    for (Command command : registry.getServices(Command.class)) {
      if (command instanceof GuardedCommand guarded) {
        registry.unregister(guarded);
        registry.register(guarded.command());
      }
    }
  }

  @Override
  public void beforeExecute(CommandSession session, CharSequence line) {
    look();
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Exception exception) {
    // Nothing is to be done.
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Object result) {
    // Nothing is to be done.
  }

  /** Takes the guards away. */
  @Deactivate
  void close() {
    readOnly.leave(follower);
    table.change(this::release);
  }
}
