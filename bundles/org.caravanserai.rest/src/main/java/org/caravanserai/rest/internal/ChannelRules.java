package org.caravanserai.rest.internal;

import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Pattern;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.spi.InvalidObjectException;

/** What the fields of a channel must be like, each by itself and together. */
final class ChannelRules {

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("\\*/\\*|[\\w!#$&^.+-]+/(\\*|[\\w!#$&^.+-]+)");

  private ChannelRules() {}

  static void check(RestChannel channel) throws InvalidObjectException {
    for (String service : channel.gatewayServiceList()) {
      if (!RestKind.isService(service)) {
        throw new InvalidObjectException("gateway_service_list", RestKind.SERVICE_EXPECTED);
      }
    }
    if (!MEDIA_TYPE.matcher(channel.httpAccept()).matches()) {
      throw new InvalidObjectException(
          "http_accept", "expected a media type such as application/json, without parameters");
    }
    if (channel.matchSlash() && channel.urlPath().indexOf('{') < 0) {
      throw new InvalidObjectException("match_slash", "url_path has no {parameter}");
    }
    checkEncoding(channel);
    if (channel.cors().isPresent()) {
      CrossOrigin.validate(channel.cors().get());
    }
    Deprecation.validate(channel);
    checkSchema(channel);
  }

  private static void checkSchema(RestChannel channel) throws InvalidObjectException {
    if (channel.requestSchema().isEmpty()) {
      return;
    }
    if (channel.dataFormat() != DataFormat.JSON) {
      throw new InvalidObjectException("request_schema", "only a channel of JSON has a schema");
    }
    try {
      RequestSchema unused = RequestSchema.of(channel.requestSchema().get());
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException("request_schema", String.valueOf(e.getMessage()));
    }
  }

  private static void checkEncoding(RestChannel channel) throws InvalidObjectException {
    DataEncoding encoding;
    try {
      encoding = DataEncoding.of(channel.dataEncoding());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new InvalidObjectException(
          "data_encoding",
          "expected an encoding such as utf-8 or iso-8859-1, found " + channel.dataEncoding());
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException("data_encoding", String.valueOf(e.getMessage()));
    }
    if (encoding != null && channel.dataFormat() == DataFormat.RAW) {
      throw new InvalidObjectException(
          "data_encoding", "a channel whose data_format is raw passes on bytes as they are");
    }
  }
}
