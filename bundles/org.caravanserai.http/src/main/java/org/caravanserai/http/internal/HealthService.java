package org.caravanserai.http.internal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.caravanserai.http.Health;
import org.caravanserai.spi.ReadinessCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Asks the {@link ReadinessCheck}s. It waits for none of them: what checks may need to know whether
 * the server is ready. {@link CheckTracker} tells of them.
 */
@Component(
    service = {Health.class, HealthService.class},
    configurationPid = "org.caravanserai.http")
public final class HealthService implements Health {

  private final List<String> required;
  private final List<ReadinessCheck> checks = new CopyOnWriteArrayList<>();
  private volatile boolean listening;
  private volatile boolean stopping;

  /** A server that waits for the checks which the settings require. */
  @Activate
  public HealthService(HttpSettings settings) {
    // A configuration file has one text where the settings have a list.
    required =
        Arrays.stream(String.join(",", settings.required__checks()).split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
  }

  /** Adds a check. */
  void addCheck(ReadinessCheck check) {
    checks.add(check);
  }

  /** Takes a check away. */
  void removeCheck(ReadinessCheck check) {
    checks.remove(check);
  }

  /** Notes whether the traffic listener is open. */
  void listening(boolean open) {
    listening = open;
  }

  /** Notes that the server stops, for good. */
  void stopping() {
    stopping = true;
  }

  /** Whether the server stops. */
  boolean isStopping() {
    return stopping;
  }

  @Override
  public boolean ready() {
    return !stopping && reasons(ReadinessCheck::isRequired).isEmpty();
  }

  @Override
  public Map<String, String> reasons() {
    return reasons(check -> true);
  }

  private Map<String, String> reasons(Predicate<ReadinessCheck> counts) {
    Map<String, String> reasons = new LinkedHashMap<>();
    if (stopping) {
      reasons.put("server", "is stopping");
    }
    if (!listening) {
      reasons.put("http", "the traffic listener is not open");
    }
    for (String name : required) {
      if (checks.stream().noneMatch(check -> check.name().equals(name))) {
        reasons.put(name, "has not started");
      }
    }
    for (ReadinessCheck check : checks) {
      if (!counts.test(check)) {
        continue;
      }
      check.reason().ifPresent(reason -> reasons.put(check.name(), reason));
    }
    return reasons;
  }
}
