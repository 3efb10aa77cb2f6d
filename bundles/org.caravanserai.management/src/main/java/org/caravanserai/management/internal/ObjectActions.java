package org.caravanserai.management.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanserai.spi.ObjectAction;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What can be done with open objects. */
@Component(service = ObjectActions.class)
public final class ObjectActions {

  private final List<ObjectAction> actions = new CopyOnWriteArrayList<>();

  /** An action has come. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addAction(ObjectAction arrived) {
    actions.add(arrived);
  }

  /** An action goes. */
  public void removeAction(ObjectAction gone) {
    actions.remove(gone);
  }

  /** The names of what can be done with objects of a kind. */
  List<String> names(String kind) {
    return actions.stream()
        .filter(action -> action.kind().equals(kind))
        .map(ObjectAction::name)
        .distinct()
        .sorted()
        .toList();
  }

  Optional<ObjectAction> find(String kind, String name) {
    return actions.stream()
        .filter(action -> action.kind().equals(kind) && action.name().equals(name))
        .findFirst();
  }
}
