package org.caravanserai.shell.internal;

import java.security.PrivilegedAction;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.caravanserai.security.Role;
import org.caravanserai.security.ShellRoles;
import org.caravanserai.security.User;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * All commands of the shell. They are looked at and exchanged on one thread of an administrator, as
 * Karaf shows a thread for ever what the first user on it could see.
 */
@Component(service = CommandTable.class)
public final class CommandTable {

  private static final Subject ADMIN =
      new Subject(
          true, ShellRoles.of(new User("serai", Set.of(Role.ADMIN.id()))), Set.of(), Set.of());

  private final Registry registry;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "serai-shell-commands");
            made.setDaemon(true);
            return made;
          });

  /** Made by the container. */
  @Activate
  public CommandTable(@Reference SessionFactory sessions) {
    registry = sessions.getRegistry();
  }

  /** Exchanges commands; it is done when this returns, also for a thread that is interrupted. */
  void change(Consumer<Registry> change) {
    PrivilegedAction<Void> action =
        () -> {
          change.accept(registry);
          return null;
        };
    CompletableFuture.runAsync(() -> Subject.doAs(ADMIN, action), thread).join();
  }

  /** Ends its thread. */
  @Deactivate
  void close() {
    thread.shutdown();
  }
}
