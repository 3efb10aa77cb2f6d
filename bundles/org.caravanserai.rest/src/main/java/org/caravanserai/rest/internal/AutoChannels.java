package org.caravanserai.rest.internal;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRegistry.Watch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels that services have by themselves: they come and go with their service, and stay when
 * one revision of it follows another.
 *
 * <p>They are no configured objects. A configured channel goes first at its path.
 */
@Component(service = AutoChannels.class, configurationPid = RestSettings.PID)
public final class AutoChannels {

  private static final Logger LOG = LoggerFactory.getLogger(AutoChannels.class);

  private final RestChannels channels;
  private final ServiceRegistry registry;
  private final SortedMap<String, Held> open = new TreeMap<>();
  private final Watch watch;
  private AutoRules rules = AutoRules.NONE;

  /**
   * A channel in operation.
   *
   * @param wanted what it is like
   * @param live it
   */
  private record Held(RestChannel wanted, LiveRestChannel live) {}

  /** Gives channels to the services that are there, and to those that come. */
  @Activate
  public AutoChannels(
      RestSettings settings,
      @Reference RestChannels channels,
      @Reference ServiceRegistry registry) {
    this.channels = channels;
    this.registry = registry;
    this.watch = registry.watch(slot -> follow(slot.name()));
    modified(settings);
  }

  /** Goes on by other settings. Ones that make no sense open nothing, and close what was open. */
  @Modified
  public synchronized void modified(RestSettings settings) {
    try {
      rules = AutoRules.of(settings);
    } catch (IllegalArgumentException e) {
      LOG.error("No service has a channel by itself: {}", e.getMessage());
      rules = AutoRules.NONE;
    }
    if (settings.auto__rest__channel__is__public() && !rules.include().isEmpty()) {
      LOG.warn("The services below {} are open to everybody", rules.prefix());
    }
    Set<String> services = new TreeSet<>(open.keySet());
    registry.services().stream().map(ServiceInfo::name).forEach(services::add);
    services.forEach(this::follow);
  }

  /** Closes all of them. */
  @Deactivate
  public synchronized void deactivate() {
    watch.close();
    open.values().forEach(held -> held.live().close());
    open.clear();
  }

  private synchronized void follow(String service) {
    boolean isThere = registry.slot(service).current().isPresent();
    Optional<RestChannel> wanted = isThere ? rules.channel(service) : Optional.empty();
    Held held = open.get(service);
    try {
      if (wanted.isEmpty()) {
        if (held != null) {
          open.remove(service);
          held.live().close();
        }
      } else if (held == null) {
        open.put(service, new Held(wanted.get(), channels.open(wanted.get())));
      } else if (!held.wanted().equals(wanted.get())) {
        held.live().replace(wanted.get());
        open.put(service, new Held(wanted.get(), held.live()));
      }
    } catch (RouteConflictException | RuntimeException e) {
      LOG.error("Service {} has no channel by itself: {}", service, e.getMessage(), e);
    }
  }
}
