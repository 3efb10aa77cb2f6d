package org.caravanserai.rest.internal.openapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.caravanserai.runtime.ServiceDoc;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** The document of some of the channels, made anew once they have changed. One thread uses it. */
public final class Publication {

  private final String title;
  private final Predicate<Operation> chosen;
  private List<Object> madeOf = List.of();
  private @Nullable OpenApiDocument document;
  private byte @Nullable [] json;
  private byte @Nullable [] yaml;

  private Publication(String title, Predicate<Operation> chosen) {
    this.title = title;
    this.chosen = chosen;
  }

  /**
   * The document of all channels that are to be told.
   *
   * @param title what it is called
   */
  public static Publication ofAll(String title) {
    return new Publication(title, Operation::isTold);
  }

  /**
   * The document of certain channels.
   *
   * @param title what it is called
   * @param channels their names
   */
  public static Publication of(String title, Collection<String> channels) {
    Set<String> names = Set.copyOf(channels);
    return new Publication(title, operation -> names.contains(operation.channel()));
  }

  /**
   * The document in UTF-8.
   *
   * @param all all channels that there are
   * @param isYaml whether it is to be YAML; else it is JSON
   */
  byte[] bytes(Collection<Operation> all, ServiceRegistry registry, boolean isYaml) {
    OpenApiDocument current = document(all, registry);
    byte[] known = isYaml ? yaml : json;
    if (known != null) {
      return known;
    }
    byte[] fresh = isYaml ? current.yaml() : current.bytes();
    if (isYaml) {
      yaml = fresh;
    } else {
      json = fresh;
    }
    return fresh;
  }

  private OpenApiDocument document(Collection<Operation> all, ServiceRegistry registry) {
    List<Operation> channels = channels(all);
    List<Object> now = new ArrayList<>();
    for (Operation channel : channels) {
      now.add(channel);
      channel.security().forEach(each -> now.add(each.challenges()));
      for (String service : channel.services()) {
        now.add(
            registry
                .slot(service)
                .current()
                .map(revision -> revision.deployment() + "/" + revision.revision()));
      }
    }
    OpenApiDocument known = document;
    if (known != null && now.equals(madeOf)) {
      return known;
    }
    OpenApiDocument fresh = new OpenApiDocument(title);
    for (Operation channel : channels) {
      fresh.add(channel, doc(channel, registry));
    }
    document = fresh;
    json = null;
    yaml = null;
    madeOf = now;
    return fresh;
  }

  /** Those that are chosen and can be reached, by name. */
  private List<Operation> channels(Collection<Operation> all) {
    Set<String> taken =
        all.stream()
            .filter(each -> !each.yields())
            .map(each -> each.path().toString())
            .collect(Collectors.toSet());
    return all.stream()
        .filter(chosen)
        .filter(each -> !each.yields() || !taken.contains(each.path().toString()))
        .sorted(Comparator.comparing(Operation::channel))
        .toList();
  }

  private static Optional<ServiceDoc> doc(Operation channel, ServiceRegistry registry) {
    return channel.isGateway()
        ? Optional.empty()
        : channel.services().stream().findFirst().flatMap(registry::doc);
  }
}
