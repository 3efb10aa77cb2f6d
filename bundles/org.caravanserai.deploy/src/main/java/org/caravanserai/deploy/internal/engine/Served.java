package org.caravanserai.deploy.internal.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravanserai.deploy.InPlaceContent;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.deploy.internal.install.BundleState;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.runtime.ServiceRevision;

/** An installed revision with what it serves; without that while it is stopped. */
final class Served {

  private final InstalledRevision installed;
  private List<String> names = List.of();
  private List<String> parts = List.of();
  private Serving serving = Serving.NONE;

  Served(Candidate candidate) {
    this.installed = candidate.installed();
    replace(candidate.serving());
  }

  String deployment() {
    return installed.label().deployment();
  }

  InstalledRevision installed() {
    return installed;
  }

  /** The names of its services, stopped or not; entrances that are none for others left out. */
  synchronized List<String> names() {
    return serving
        .inPlace()
        .map(each -> Stream.concat(names.stream(), each.names().stream()).sorted().toList())
        .orElse(names);
  }

  /** What of it is live beside services, stopped or not. */
  synchronized List<String> parts() {
    return parts;
  }

  /** What else than services is live of it. */
  synchronized Optional<LiveContent> content() {
    return serving.content();
  }

  synchronized boolean stopped() {
    return serving.isNothing() || serving.inPlace().filter(InPlaceContent::stopped).isPresent();
  }

  /** How it stands as a bundle. */
  synchronized BundleState bundle() {
    return serving
        .inPlace()
        .map(each -> new BundleState(each.bundle(), Optional.empty()))
        .orElseGet(installed::bundle);
  }

  /** Reads {@code hello.world, orders#main}. */
  @Override
  public String toString() {
    return Stream.concat(names().stream(), parts().stream()).collect(Collectors.joining(", "));
  }

  /** Puts something else in the place of what it serves, and returns that. */
  synchronized Serving replace(Serving other) {
    Serving before = serving;
    serving = other;
    if (!other.isNothing()) {
      names =
          other.services().stream()
              .map(ServiceRevision::service)
              .filter(name -> name.indexOf('#') < 0)
              .sorted()
              .toList();
      parts = other.content().map(LiveContent::parts).orElse(List.of());
    }
    return before;
  }
}
