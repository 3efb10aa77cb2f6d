package org.caravanserai.deploy.internal.engine;

import java.util.List;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.runtime.ServiceRevision;

/** An installed revision with its services; without them while it is stopped. */
final class Served {

  private final InstalledRevision installed;
  private final List<String> names;
  private List<ServiceRevision> services;

  Served(InstalledRevision installed, List<ServiceRevision> services) {
    this.installed = installed;
    this.services = List.copyOf(services);
    this.names = services.stream().map(ServiceRevision::service).sorted().toList();
  }

  String deployment() {
    return installed.label().deployment();
  }

  InstalledRevision installed() {
    return installed;
  }

  /** The names of its services, stopped or not. */
  List<String> names() {
    return names;
  }

  synchronized List<ServiceRevision> services() {
    return services;
  }

  synchronized boolean stopped() {
    return services.isEmpty();
  }

  /** Puts other instances in the place of those that it has, and returns these. */
  synchronized List<ServiceRevision> replace(List<ServiceRevision> others) {
    List<ServiceRevision> before = services;
    services = List.copyOf(others);
    return before;
  }
}
