package org.caravanserai.deploy.internal.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;

/** Which revision of each deployment is served, and the change from one to the next. */
final class Switchboard {

  private final ServiceRegistry registry;
  private final Retirement retirement;
  private final Map<String, Served> served = new ConcurrentHashMap<>();

  Switchboard(ServiceRegistry registry, Retirement retirement) {
    this.registry = registry;
    this.retirement = retirement;
  }

  /** What is served of a deployment, stopped or not. */
  Optional<Served> served(String deployment) {
    return Optional.ofNullable(served.get(deployment));
  }

  /**
   * Checks that the names of services are free for a deployment.
   *
   * @param replaces the deployment of another name in whose place it comes
   * @throws RejectedException naming who has one
   */
  void checkNames(
      String deployment,
      Optional<String> replaces,
      Collection<ServiceRevision> services,
      Compiled compiled)
      throws RejectedException {
    Map<String, String> owners = new HashMap<>();
    for (Served each : served.values()) {
      each.names().forEach(name -> owners.put(name, each.deployment()));
    }
    Set<String> own = new HashSet<>();
    for (ServiceRevision each : services) {
      String name = each.service();
      String owner =
          registry
              .slot(name)
              .current()
              .map(ServiceRevision::deployment)
              .orElse(owners.getOrDefault(name, deployment));
      if (!owner.equals(deployment) && !replaces.equals(Optional.of(owner))) {
        throw new RejectedException(
            Stage.CONFLICT,
            compiled.errorAt("", "service " + name + " is deployed by " + owner + " already"));
      }
      if (!own.add(name)) {
        throw new RejectedException(
            Stage.CONFLICT, compiled.errorAt("", "two classes have the service name " + name));
      }
    }
  }

  /**
   * Makes a revision the one that new calls enter; the one before is retired in the background.
   *
   * @param place the deployment in whose place it comes, of the same name as a rule
   */
  void change(Served next, Serving serving, String place) {
    Served before;
    Serving out;
    synchronized (this) {
      before = served.put(next.deployment(), next);
      if (!place.equals(next.deployment())) {
        before = served.remove(place);
      }
      out = before == null ? Serving.NONE : before.replace(Serving.NONE);
      follow(out, serving);
    }
    if (before != null) {
      boolean leaves = !isFollowed(out, serving);
      retirement.retire(out, before.installed(), leaves);
    }
  }

  /** Whether the one takes the place of the other, so that nothing of that is left to be ended. */
  private static boolean isFollowed(Serving out, Serving in) {
    return out.inPlace().isPresent()
        && in.inPlace().filter(next -> next.type() == out.inPlace().get().type()).isPresent();
  }

  /** The one pauses, the other takes its place, then goes on where that has stopped. */
  private void follow(Serving out, Serving in) {
    out.content().ifPresent(LiveContent::pause);
    // What has no successor of its name goes last: until then calls may still be sent there.
    registry.swap(in.services(), List.of());
    in.content().ifPresent(content -> content.start(out.content().orElse(null)));
    if (in.content().isEmpty()) {
      out.content().ifPresent(LiveContent::withdraw);
    }
    registry.swap(List.of(), out.services());
  }

  /** Takes a deployment away; what it serves is retired in the background. */
  void takeAway(String deployment) {
    Served before;
    Serving out = Serving.NONE;
    synchronized (this) {
      before = served.remove(deployment);
      if (before != null) {
        out = before.replace(Serving.NONE);
        follow(out, Serving.NONE);
      }
    }
    if (before != null) {
      retirement.retire(out, before.installed(), true);
    }
  }

  /** What is served now. */
  List<Served> all() {
    return List.copyOf(served.values());
  }

  /** Takes away what has such content, and waits until nobody is inside, or the time is over. */
  List<String> takeAway(Predicate<LiveContent> which, Duration timeout) {
    List<Served> gone;
    List<Serving> out;
    synchronized (this) {
      gone =
          served.values().stream()
              .filter(each -> each.content().filter(which).isPresent())
              .toList();
      out = gone.stream().map(each -> each.replace(Serving.NONE)).toList();
      out.forEach(each -> follow(each, Serving.NONE));
      gone.forEach(each -> served.remove(each.deployment()));
    }
    retirement.await(out, timeout);
    gone.forEach(each -> each.installed().uninstall());
    return gone.stream().map(Served::deployment).sorted().toList();
  }

  /** Empties the slots of a revision and waits until nobody is inside, or the time is over. */
  void stop(Served stopped, Duration timeout) {
    Serving out;
    synchronized (this) {
      out = stopped.replace(Serving.NONE);
      follow(out, Serving.NONE);
    }
    retirement.await(List.of(out), timeout);
  }

  /**
   * Puts new instances into the empty slots of a revision that was stopped.
   *
   * @return whether they are in use; not if it is no longer the one that is served
   */
  synchronized boolean start(Served stopped, Serving serving) {
    if (served.get(stopped.deployment()) != stopped || !stopped.stopped()) {
      return false;
    }
    stopped.replace(serving);
    follow(Serving.NONE, serving);
    return true;
  }

  /** Puts new instances in the place of those that a revision has; these are retired. */
  void renew(Served renewed, Serving serving) {
    Serving out;
    synchronized (this) {
      boolean current = served.get(renewed.deployment()) == renewed && !renewed.stopped();
      out = current ? renewed.replace(serving) : serving;
      if (current) {
        follow(out, serving);
      }
    }
    retirement.retire(out);
  }

  /** Empties all slots, and waits for those inside together. */
  void stopAll(Duration timeout) {
    List<Serving> out;
    synchronized (this) {
      out = served.values().stream().map(each -> each.replace(Serving.NONE)).toList();
      out.forEach(each -> follow(each, Serving.NONE));
    }
    retirement.await(out, timeout);
  }
}
