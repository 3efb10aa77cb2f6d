package org.caravanserai.rest.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.rest.internal.cache.CachePolicy;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.security.RateRule;
import org.caravanserai.spi.Field;

/**
 * A path on the traffic listener that leads to a service, to other systems, or both.
 *
 * @param name the channel's name
 * @param isActive whether it takes requests
 * @param service the name of the service
 * @param gatewayServiceList the names of further services, of which a request names one
 * @param urlPath the path, with parameters in braces
 * @param matchSlash whether the last of these parameters may span slashes
 * @param method the methods that it takes; empty for any
 * @param httpAccept the media type that callers must accept
 * @param dataFormat the format of bodies
 * @param dataEncoding the encoding of bodies that are text
 * @param mergeUrlParamsReq whether parameters of path and query become part of the input
 * @param urlParamsPri which of the parameters of one name counts
 * @param paramsPri whether parameters or the body count
 * @param security the name of the security definition that lets callers in
 * @param groups the names of groups of them
 * @param rateLimiting how many requests may come
 * @param quotaTier the quota tier whose rules hold besides
 * @param contentType the {@code Content-Type} of answers with a body
 * @param timeout how long the service may take
 * @param maxRequestSize how large a body may be
 * @param strict whether members that the service does not know are an error
 * @param cors which scripts of other sites may call
 * @param isDeprecated whether callers are told that it is deprecated
 * @param deprecationDate since when
 * @param deprecationSunset when it will be gone
 * @param deprecationSuccessor what comes instead
 * @param responseCache which answers are kept
 * @param requestSchema what JSON bodies must be like
 * @param shouldIncludeInOpenapi whether it is told of in the OpenAPI document
 * @param destinations where the content of requests goes besides
 * @param respondFrom whose answer goes back
 * @param deliveryMode how destinations get it
 */
record RestChannel(
    @Field(help = "The channel's name.") String name,
    @Field(help = "Whether it takes requests.", defaultValue = "true") boolean isActive,
    @Field(
            help =
                "The name of the service, deployed or not; needed unless there are destinations.",
            min = 1,
            max = 200,
            service = true)
        Optional<String> service,
    @Field(
            help = "More services; a request names one by {service} in the path, or by ?service=.",
            defaultValue = "[]",
            service = true)
        List<String> gatewayServiceList,
    @Field(help = "The path, such as /orders/{id}.", min = 1) String urlPath,
    @Field(
            help = "Whether the last {parameter} of the path may hold slashes.",
            defaultValue = "false")
        boolean matchSlash,
    @Field(help = "The methods that it takes; any if absent.", defaultValue = "[]")
        List<String> method,
    @Field(
            help =
                "The type that a caller must accept; channels that differ in it only stand side by"
                    + " side.",
            defaultValue = "*/*")
        String httpAccept,
    @Field(help = "The format of bodies.", defaultValue = "json") DataFormat dataFormat,
    @Field(help = "The encoding of bodies that are text.", defaultValue = "utf-8")
        String dataEncoding,
    @Field(
            help = "Whether parameters of path and query become members of the input.",
            defaultValue = "true")
        boolean mergeUrlParamsReq,
    @Field(
            help = "Which of a query's and a path's parameter of the same name counts.",
            defaultValue = "qs_over_path")
        UrlParams urlParamsPri,
    @Field(
            help = "Whether a parameter or the body's member of the same name counts.",
            defaultValue = "channel_params_over_msg")
        Params paramsPri,
    @Field(
            help = "The security definition that lets callers in; everybody if absent.",
            reference = "security")
        Optional<String> security,
    @Field(
            help = "Groups of security definitions, any member of which lets callers in too.",
            reference = "groups",
            defaultValue = "[]")
        List<String> groups,
    @Field(help = "How many requests may come, of all callers together.", defaultValue = "[]")
        List<RateRule> rateLimiting,
    @Field(help = "The quota tier whose rules come after these.", reference = "quota_tier")
        Optional<String> quotaTier,
    @Field(help = "The Content-Type of answers, unless the service sets one.")
        Optional<String> contentType,
    @Field(
            help = "How long the service may take; then the caller gets 504.",
            defaultValue = "60",
            max = 86_400)
        Duration timeout,
    @Field(
            help = "How large a body may be, in bytes or with KB, MB or GB (of 1024).",
            defaultValue = "10MB")
        String maxRequestSize,
    @Field(
            help = "Whether members that the service does not know are an error.",
            defaultValue = "false")
        boolean strict,
    @Field(help = "Which sites' scripts may call it from a browser; none if absent.")
        Optional<Cors> cors,
    @Field(
            help = "Whether callers are told that it is deprecated (RFC 9745).",
            defaultValue = "false")
        boolean isDeprecated,
    @Field(help = "Since when, such as 2026-01-31 or 2026-01-31T12:00:00Z; 1970 if absent.")
        Optional<String> deprecationDate,
    @Field(help = "When it will be gone, likewise (RFC 8594).") Optional<String> deprecationSunset,
    @Field(help = "The address or path of what comes instead.")
        Optional<String> deprecationSuccessor,
    @Field(help = "Which answers are kept for those who ask the same; none if absent.")
        Optional<CachePolicy> responseCache,
    @Field(
            help =
                "A JSON Schema (draft 2020-12) of the bodies of requests, or the path of its file.")
        Optional<String> requestSchema,
    @Field(help = "Whether /openapi.json tells of it, where that is there.", defaultValue = "true")
        boolean shouldIncludeInOpenapi,
    @Field(
            help = "The connections to which the content of requests goes, after the service.",
            defaultValue = "[]")
        List<Destination> destinations,
    @Field(
            help =
                "Whose answer goes back: service, or a destination's name; if absent the service's,"
                    + " without one that of the first active destination.")
        Optional<String> respondFrom,
    @Field(
            help = "Whether destinations get it at the same time, or one after the other.",
            defaultValue = "same_time")
        DeliveryMode deliveryMode) {

  private static final String AUTOMATIC = "auto/";

  /**
   * The channel that a service has by itself: of JSON, for any method, and else as the defaults
   * have it.
   *
   * @param service the name of the service
   * @param urlPath the path
   * @param security the name of the security definition that lets callers in
   * @param groups the names of groups of them
   */
  static RestChannel automatic(
      String service, String urlPath, Optional<String> security, List<String> groups) {
    return new RestChannel(
        AUTOMATIC + service,
        true,
        Optional.of(service),
        List.of(),
        urlPath,
        false,
        List.of(),
        TrafficRoute.ANY_TYPE,
        DataFormat.JSON,
        "utf-8",
        true,
        UrlParams.QS_OVER_PATH,
        Params.CHANNEL_PARAMS_OVER_MSG,
        security,
        groups,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(60),
        "10MB",
        false,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        List.of(),
        Optional.empty(),
        DeliveryMode.SAME_TIME);
  }

  /** Whether it is one that a service has by itself. */
  boolean isAutomatic() {
    return name.startsWith(AUTOMATIC);
  }

  /** The destinations that get something, in their order. */
  List<Destination> activeDestinations() {
    return destinations.stream().filter(Destination::isActive).toList();
  }

  /** Whose answer goes back: a destination's name; empty for the service's. */
  Optional<String> answering() {
    Optional<String> first =
        service.isPresent()
            ? Optional.empty()
            : activeDestinations().stream().findFirst().map(Destination::name);
    return respondFrom.isPresent()
        ? respondFrom.filter(name -> !name.equals(Destination.SERVICE))
        : first;
  }

  /** How destinations get the content of a request. */
  enum DeliveryMode {
    /** All of them, whatever becomes of the others. */
    SAME_TIME,
    /** One after the other, until one of them fails. */
    IN_ORDER
  }

  /** Which parameter of one name counts. */
  enum UrlParams {
    /** That of the query. */
    QS_OVER_PATH,
    /** That of the path. */
    PATH_OVER_QS
  }

  /** Whether a parameter or a member of the body of one name counts. */
  enum Params {
    /** The parameter. */
    CHANNEL_PARAMS_OVER_MSG,
    /** The member of the body. */
    MSG_OVER_CHANNEL_PARAMS
  }

  /**
   * Which scripts of other sites may call (Fetch Standard, section 3.2).
   *
   * @param allowOrigins the sites
   * @param allowMethods the methods; those of the channel if empty
   * @param allowHeaders the headers that they may send
   * @param exposeHeaders the headers that they may read
   * @param allowCredentials whether cookies and the like are sent
   * @param maxAge for how long browsers remember the answer
   */
  record Cors(
      @Field(help = "Sites such as https://www.example.com or https://*.example.com; or *.")
          List<String> allowOrigins,
      @Field(help = "The methods; those of the channel if empty.", defaultValue = "[]")
          List<String> allowMethods,
      @Field(help = "The headers that may be sent.", defaultValue = "[Authorization, Content-Type]")
          List<String> allowHeaders,
      @Field(help = "The headers that may be read.", defaultValue = "[X-Serai-CID]")
          List<String> exposeHeaders,
      @Field(
              help = "Whether browsers send cookies and what they know to log in.",
              defaultValue = "false")
          boolean allowCredentials,
      @Field(
              help = "For how long browsers remember the answer.",
              defaultValue = "600",
              min = 0,
              max = 86_400)
          Duration maxAge) {}
}
