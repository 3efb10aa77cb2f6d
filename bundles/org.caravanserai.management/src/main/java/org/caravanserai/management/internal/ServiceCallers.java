package org.caravanserai.management.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.management.CallersAnswer;
import org.caravanserai.management.CallersAnswer.NamingObject;
import org.caravanserai.objects.ConfiguredObject;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.ObjectStore;
import org.caravanserai.runtime.ServiceRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds who leads to a service: who has called it, and which objects name it. */
@Component(service = ServiceCallers.class)
public final class ServiceCallers {

  private static final String FIELD = "service";
  private static final String SUFFIX = "_service";
  private static final String LIST_SUFFIX = "service_list";

  private final ServiceRegistry registry;
  private final ObjectStore objects;

  /** Made by the container. */
  @Activate
  public ServiceCallers(@Reference ServiceRegistry registry, @Reference ObjectStore objects) {
    this.registry = registry;
    this.objects = objects;
  }

  CallersAnswer of(String service) {
    List<NamingObject> naming = new ArrayList<>();
    for (ObjectInfo each : objects.list()) {
      Optional<ConfiguredObject> object = objects.read(each.kind(), each.name());
      object.ifPresent(read -> add(read, service, naming));
    }
    return new CallersAnswer(registry.callers(service), naming);
  }

  private static void add(ConfiguredObject object, String service, List<NamingObject> naming) {
    object
        .fields()
        .forEach(
            (field, value) -> {
              if (names(field, value, service)) {
                naming.add(new NamingObject(object.info().kind(), object.info().name(), field));
              }
            });
  }

  private static boolean names(String field, Object value, String service) {
    if (field.equals(FIELD) || field.endsWith(SUFFIX)) {
      return service.equals(value);
    }
    return field.endsWith(LIST_SUFFIX) && value instanceof List<?> list && list.contains(service);
  }
}
