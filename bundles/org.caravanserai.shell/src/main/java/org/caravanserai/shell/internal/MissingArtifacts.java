package org.caravanserai.shell.internal;

import java.io.PrintStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Says why a {@code mvn:} URL could not be read. Commands of Karaf say only that, and of which
 * bundle.
 */
@Component(service = CommandSessionListener.class, immediate = true)
public final class MissingArtifacts implements CommandSessionListener {

  /** What the messages of Pax URL begin with; where it has looked, and how that ended, follows. */
  private static final String REASON = "Error resolving artifact ";

  @Override
  public void beforeExecute(CommandSession session, CharSequence line) {
    // Nothing has failed yet.
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Exception exception) {
    String said = String.valueOf(exception.getMessage());
    PrintStream console = session.getConsole();
    reasons(exception).stream().filter(each -> !said.contains(each)).forEach(console::println);
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Object result) {
    // Nothing has failed.
  }

  private static Set<String> reasons(Throwable failure) {
    Set<String> reasons = new LinkedHashSet<>();
    collect(failure, reasons, Collections.newSetFromMap(new IdentityHashMap<>()));
    return reasons;
  }

  private static void collect(@Nullable Throwable failure, Set<String> into, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return;
    }
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith(REASON)) {
      // What it was caused by says the same in other words.
      into.add(message);
      return;
    }
    collect(failure.getCause(), into, seen);
    for (Throwable each : failure.getSuppressed()) {
      collect(each, into, seen);
    }
  }
}
