package org.caravanserai.rest.internal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.security.RateLimits;
import org.caravanserai.spi.ByteSize;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code channel_rest}. */
@Component(service = ObjectKind.class, immediate = true)
public final class RestKind implements ObjectKind<RestChannel> {

  /** The kind as configuration spells it. */
  static final String NAME = "channel_rest";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** What the name of a service is made of, in words. */
  static final String SERVICE_EXPECTED =
      "expected letters, digits, - and _ in parts divided by dots";

  private static final Pattern SERVICE = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");
  private static final Pattern CONTENT_TYPE = Pattern.compile("[!-~]+/[!-~][ -~]*");

  private final RestChannels channels;
  private final RateLimits rates;

  /**
   * A kind without channels.
   *
   * @param automatic the channels that services have by themselves, which are open before this is
   *     there and the server can be ready
   */
  @Activate
  public RestKind(
      @Reference RestChannels channels,
      @Reference AutoChannels automatic,
      @Reference RateLimits rates) {
    this.channels = channels;
    this.rates = rates;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<RestChannel> type() {
    return RestChannel.class;
  }

  @Override
  public void validate(RestChannel channel) throws InvalidObjectException {
    if (channel.isAutomatic()) {
      throw new InvalidObjectException(
          "name", "names that begin with auto/ are those of the channels that services have");
    }
    if (channel.service().filter(name -> !isService(name)).isPresent()) {
      throw new InvalidObjectException("service", SERVICE_EXPECTED);
    }
    validatePath(channel.urlPath());
    rates.validate("rate_limiting", channel.rateLimiting());
    for (String method : channel.method()) {
      if (!isMethod(method)) {
        throw new InvalidObjectException("method", "expected HTTP methods, found " + method);
      }
    }
    if (channel.contentType().filter(type -> !CONTENT_TYPE.matcher(type).matches()).isPresent()) {
      throw new InvalidObjectException("content_type", "expected a type such as application/json");
    }
    if (channel.timeout().isNegative() || channel.timeout().isZero()) {
      throw new InvalidObjectException("timeout", "must be longer than 0");
    }
    ChannelRules.check(channel);
    DestinationRules.check(channel);
    try {
      ByteSize.parse(channel.maxRequestSize());
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException("max_request_size", String.valueOf(e.getMessage()));
    }
  }

  /** Checks a path on which channels take requests. */
  static void validatePath(String path) throws InvalidObjectException {
    try {
      PathTemplate.parse(path);
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException("url_path", String.valueOf(e.getMessage()));
    }
    if (PathTemplate.isReserved(path)) {
      throw new InvalidObjectException("url_path", path + " is reserved for the server itself");
    }
  }

  /** Whether a text is the name of a method that channels take, in any case. */
  static boolean isMethod(String name) {
    return METHODS.contains(name.toUpperCase(Locale.ROOT));
  }

  /** Whether a text may be the name of a service. */
  static boolean isService(String name) {
    return SERVICE.matcher(name).matches();
  }

  @Override
  public LiveObject<RestChannel> open(RestChannel channel) throws RouteConflictException {
    return channels.open(channel);
  }
}
