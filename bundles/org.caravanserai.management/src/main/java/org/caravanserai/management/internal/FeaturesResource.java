package org.caravanserai.management.internal;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Dependency;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.Repository;
import org.caravanserai.deploy.FeatureEffects;
import org.caravanserai.deploy.FeatureTrial;
import org.caravanserai.deploy.Insistence;
import org.caravanserai.management.Page;
import org.caravanserai.security.Operation;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Karaf's features: what there is, what a change of it does, and the change. */
@Component(service = Resource.class)
public final class FeaturesResource implements Resource {

  private static final String ALL = "/api/v1/features";
  private static final String ONE = ALL + "/{name}/{version}";
  private static final String REPOSITORIES = "/api/v1/feature-repositories";
  private static final int LONGEST_BODY = 64 * 1024;
  private static final QueryParameter URI_PARAMETER =
      QueryParameter.text("uri", "the address of the repository");
  private static final List<QueryParameter> HOW =
      List.of(
          QueryParameter.flag("dryRun", "only tells what it would do"),
          QueryParameter.flag("force", "also if bundles of others are restarted"));

  private final BundleContext context;
  private final FeaturesService features;
  private final FeatureTrial trial;
  private final Insistence insistence;
  private final Listing<Info> listing =
      new Listing<Info>(each -> Stream.of(each.name(), each.version(), each.description()))
          .by("name", Info::name)
          .by("version", Info::version)
          .by("state", Info::state)
          .by("isRequired", each -> String.valueOf(each.isRequired()))
          .by("repository", Info::repository);

  /** Made by the container. */
  @Activate
  public FeaturesResource(
      BundleContext context,
      @Reference FeaturesService features,
      @Reference FeatureTrial trial,
      @Reference Insistence insistence) {
    this.context = context;
    this.features = features;
    this.trial = trial;
    this.insistence = insistence;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                ALL,
                Operation.CONTAINER_READ,
                "the features of all known repositories, and which are installed",
                exchange -> exchange.json(200, listing.page(list(), exchange.query())))
            .with(listing.parameters())
            .answers(200, new PageOf(Info.class)),
        ApiOperation.of(
                "GET",
                ONE,
                Operation.CONTAINER_READ,
                "its bundles, the features that it needs, and those that need it",
                exchange -> exchange.json(200, details(feature(exchange))))
            .answers(200, Details.class)
            .refuses(404),
        change(
            "install",
            "installs it, with what it needs; 409 with affected",
            feature -> features.installFeature(feature.getName(), feature.getVersion())),
        change(
            "uninstall",
            "uninstalls it, with what nobody else needs; 409 with affected",
            feature -> features.uninstallFeature(feature.getName(), feature.getVersion())),
        ApiOperation.of(
                "GET",
                REPOSITORIES,
                Operation.CONTAINER_READ,
                "where features are described",
                exchange -> exchange.json(200, Page.all(repositories())))
            .answers(200, new PageOf(Source.class)),
        ApiOperation.of(
                "POST",
                REPOSITORIES,
                Operation.CONTAINER_WRITE,
                "makes the features of a repository known",
                this::addRepository)
            .takes("application/json", Address.class)
            .answers(204, "", Map.of())
            .refuses(413, 422),
        ApiOperation.of(
                "DELETE",
                REPOSITORIES,
                Operation.CONTAINER_WRITE,
                "forgets a repository; 409 while features of it are installed",
                this::removeRepository)
            .with(List.of(URI_PARAMETER))
            .answers(204, "", Map.of())
            .refuses(404, 409));
  }

  private ApiOperation change(String action, String summary, Change change) {
    return ApiOperation.of(
            "POST",
            ONE + "/" + action,
            Operation.CONTAINER_WRITE,
            summary,
            exchange -> run(exchange, feature(exchange), change))
        .with(HOW)
        .answers(200, FeatureEffects.class)
        .answers(409, ProblemDocument.CONTENT_TYPE, Refusals.Disturbing.class)
        .refuses(404, 422);
  }

  /** A change of features. */
  private interface Change {
    void of(Feature feature) throws Exception;
  }

  private List<Info> list() throws Problem {
    return Arrays.stream(known()).filter(each -> !each.isHidden()).map(this::info).toList();
  }

  private Feature[] known() throws Problem {
    return ask(features::listFeatures);
  }

  private Feature feature(ApiExchange exchange) throws Problem {
    String name = exchange.parameter("name");
    String version = exchange.parameter("version");
    return Arrays.stream(known())
        .filter(each -> each.getName().equals(name) && each.getVersion().equals(version))
        .findFirst()
        .orElseThrow(() -> new Problem(404, "There is no feature " + name + " " + version));
  }

  private Info info(Feature feature) {
    return new Info(
        feature.getName(),
        feature.getVersion(),
        Objects.toString(feature.getDescription(), ""),
        features.getState(feature.getId()).name().toLowerCase(Locale.ROOT),
        features.isRequired(feature),
        Objects.toString(feature.getRepositoryUrl(), ""));
  }

  private Details details(Feature feature) throws Problem {
    List<Part> parts = feature.getBundles().stream().map(this::part).toList();
    List<Need> needs =
        feature.getDependencies().stream()
            .map(each -> new Need(each.getName(), Objects.toString(each.getVersion(), "")))
            .toList();
    List<Need> neededBy =
        Arrays.stream(known())
            .filter(
                other ->
                    other.getDependencies().stream()
                        .map(Dependency::getName)
                        .anyMatch(feature.getName()::equals))
            .map(other -> new Need(other.getName(), other.getVersion()))
            .toList();
    return new Details(
        info(feature),
        Objects.toString(feature.getDetails(), ""),
        Objects.toString(feature.getInstall(), Feature.DEFAULT_INSTALL_MODE),
        parts,
        needs,
        neededBy);
  }

  private Part part(BundleInfo info) {
    return new Part(
        info.getLocation(),
        info.isDependency(),
        Optional.ofNullable(context.getBundle(info.getLocation())).map(Bundle::getBundleId));
  }

  private void run(ApiExchange exchange, Feature feature, Change change)
      throws IOException, Problem {
    Callable<Boolean> work =
        () -> {
          change.of(feature);
          return true;
        };
    FeatureEffects effects = ask(() -> trial.preview(work));
    if (exchange.query().flag("dryRun")) {
      exchange.json(200, effects);
      return;
    }
    ServerBundles.protect(effects.affected());
    boolean isForced = exchange.query().flag("force");
    if (!effects.affected().isEmpty() && !isForced) {
      Refusals.disturbed(
          exchange, "It would restart what others use: ?force=true goes on", effects.affected());
      return;
    }
    ask(isForced ? () -> insistence.insist(work) : work);
    exchange.json(200, effects);
  }

  private List<Source> repositories() throws Problem {
    Repository[] required = ask(features::listRequiredRepositories);
    return Arrays.stream(ask(features::listRepositories))
        .map(
            each ->
                new Source(
                    Objects.toString(each.getName(), ""),
                    String.valueOf(each.getURI()),
                    Arrays.asList(required).contains(each),
                    (int) Arrays.stream(each.getFeatures()).filter(one -> !one.isHidden()).count()))
        .toList();
  }

  private void addRepository(ApiExchange exchange) throws IOException, Problem {
    URI uri = uri(Json.read(exchange.body(LONGEST_BODY)).path("uri").asText());
    ask(
        () -> {
          features.addRepository(uri);
          return true;
        });
    exchange.done();
  }

  private void removeRepository(ApiExchange exchange) throws Problem {
    URI uri = uri(exchange.query().text("uri").orElse(""));
    Repository found =
        Arrays.stream(ask(features::listRepositories))
            .filter(each -> uri.equals(each.getURI()))
            .findFirst()
            .orElseThrow(() -> new Problem(404, "There is no feature repository " + uri));
    for (Feature each : ask(found::getFeatures)) {
      if (features.isInstalled(each)) {
        throw new Problem(
            409, "Its feature %s %s is installed".formatted(each.getName(), each.getVersion()));
      }
    }
    ask(
        () -> {
          features.removeRepository(uri);
          return true;
        });
    exchange.done();
  }

  private static URI uri(String text) throws Problem {
    try {
      URI uri = new URI(text);
      if (uri.isAbsolute()) {
        return uri;
      }
    } catch (java.net.URISyntaxException e) {
      // Told below, with what is no address of its own.
    }
    throw new Problem(
        400, "uri is the address of a repository, such as mvn:GROUP/NAME/1.0/xml/features");
  }

  /** What the features service can't do is the fault of what it was asked for. */
  private static <T> T ask(Callable<T> work) throws Problem {
    try {
      return work.call();
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getMessage() == null && cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new Problem(422, String.valueOf(cause.getMessage()));
    }
  }

  /**
   * A feature.
   *
   * @param name its name
   * @param version its version
   * @param description what it is
   * @param state uninstalled, installed, resolved, started
   * @param isRequired whether it was asked for; others are there because one of these needs them
   * @param repository the address of the repository that describes it
   */
  private record Info(
      String name,
      String version,
      String description,
      String state,
      boolean isRequired,
      String repository) {}

  /**
   * All about a feature.
   *
   * @param feature the feature
   * @param details what it says about itself
   * @param install auto or manual: whether it is installed with a kar
   * @param bundles its bundles
   * @param needs the features that it needs
   * @param neededBy the features that need it
   */
  private record Details(
      Info feature,
      String details,
      String install,
      List<Part> bundles,
      List<Need> needs,
      List<Need> neededBy) {}

  /**
   * A bundle of a feature.
   *
   * @param location where it comes from
   * @param isDependency whether it is installed only if nothing else provides what it does
   * @param id its id, if it is installed
   */
  private record Part(String location, boolean isDependency, Optional<Long> id) {}

  /** A feature by its name; its version may be a range, or empty. */
  private record Need(String name, String version) {}

  /**
   * A repository.
   *
   * @param name its name
   * @param uri its address
   * @param isRequired whether it was asked for; others are there because one of these names them
   * @param features how many features it describes
   */
  private record Source(String name, String uri, boolean isRequired, int features) {}

  /** The body by which a repository is added. */
  private record Address(String uri) {}
}
