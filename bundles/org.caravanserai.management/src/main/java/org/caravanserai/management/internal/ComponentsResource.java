package org.caravanserai.management.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** The components of Declarative Services, and what those wait for that are not there. */
@Component(service = Resource.class)
public final class ComponentsResource implements Resource {

  private final ServiceComponentRuntime runtime;
  private final Listing<Info> listing =
      new Listing<Info>(
              each ->
                  Stream.concat(
                      Stream.of(each.name(), each.type(), each.bundleName()),
                      each.services().stream()))
          .by("name", Info::name)
          .by("state", Info::state)
          .by("bundle", each -> String.valueOf(each.bundle()))
          .by("bundleName", Info::bundleName);

  /** Made by the container. */
  @Activate
  public ComponentsResource(@Reference ServiceComponentRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/components",
                Operation.CONTAINER_READ,
                "the components of Declarative Services, and what those wait for that do not work",
                exchange -> exchange.json(200, listing.page(list(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(Info.class)));
  }

  private List<Info> list() {
    return runtime.getComponentDescriptionDTOs().stream().flatMap(this::infos).toList();
  }

  /** One for each configuration; one if there is none. */
  private Stream<Info> infos(ComponentDescriptionDTO component) {
    Collection<ComponentConfigurationDTO> all = runtime.getComponentConfigurationDTOs(component);
    if (!all.isEmpty()) {
      return all.stream().map(each -> info(component, state(each), reasons(component, each)));
    }
    boolean isEnabled = runtime.isComponentEnabled(component);
    return Stream.of(
        info(
            component,
            isEnabled ? "unsatisfied" : "disabled",
            isEnabled ? List.of(missing(component)) : List.of("It is not enabled")));
  }

  private static Info info(ComponentDescriptionDTO component, String state, List<String> reasons) {
    return new Info(
        component.name,
        component.implementationClass,
        component.bundle.id,
        component.bundle.symbolicName,
        Arrays.asList(component.serviceInterfaces),
        state,
        reasons);
  }

  private static String state(ComponentConfigurationDTO configuration) {
    return switch (configuration.state) {
      case ComponentConfigurationDTO.ACTIVE -> "active";
      case ComponentConfigurationDTO.SATISFIED -> "satisfied";
      case ComponentConfigurationDTO.FAILED_ACTIVATION -> "failed";
      default -> "unsatisfied";
    };
  }

  private static List<String> reasons(
      ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
    List<String> reasons = new ArrayList<>();
    if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
      // What it says goes on with its stack trace.
      String failure = String.valueOf(configuration.failure);
      reasons.add("Its activation failed: " + failure.lines().findFirst().orElse(failure));
    }
    if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
      reasons.add(missing(component));
    }
    for (UnsatisfiedReferenceDTO each : configuration.unsatisfiedReferences) {
      String type =
          Arrays.stream(component.references)
              .filter(reference -> reference.name.equals(each.name))
              .map((ReferenceDTO reference) -> reference.interfaceName)
              .findFirst()
              .orElse("service");
      reasons.add(
          "No %s%s for its reference %s"
              .formatted(type, each.target == null ? "" : " with " + each.target, each.name));
    }
    return reasons;
  }

  private static String missing(ComponentDescriptionDTO component) {
    return "No configuration " + String.join(", ", component.configurationPid);
  }

  /**
   * A component.
   *
   * @param name its name
   * @param type its class
   * @param bundle the id of its bundle
   * @param bundleName the symbolic name of its bundle
   * @param services the types under which it is an OSGi service
   * @param state active, satisfied (it begins when it is needed), unsatisfied, failed, disabled
   * @param reasons why it is neither active nor satisfied
   */
  private record Info(
      String name,
      String type,
      long bundle,
      String bundleName,
      List<String> services,
      String state,
      List<String> reasons) {}
}
