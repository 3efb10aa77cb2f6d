package org.caravanserai.rest.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.rest.internal.RestChannel.Params;
import org.caravanserai.rest.internal.RestChannel.UrlParams;

/**
 * How the parameters of a request become part of its input.
 *
 * @param isWanted whether they do
 * @param pathGoesFirst whether a parameter of the path goes before one of the query
 * @param bodyGoesFirst whether a member of the body goes before a parameter
 * @param isGateway whether one of them names the service, and is no input
 */
record Merging(boolean isWanted, boolean pathGoesFirst, boolean bodyGoesFirst, boolean isGateway) {

  static Merging of(RestChannel channel) {
    return new Merging(
        channel.mergeUrlParamsReq(),
        channel.urlParamsPri() == UrlParams.PATH_OVER_QS,
        channel.paramsPri() == Params.MSG_OVER_CHANNEL_PARAMS,
        !channel.gatewayServiceList().isEmpty());
  }

  /** What becomes part of the input. */
  Map<String, List<String>> parameters(Map<String, List<String>> query, Map<String, String> path) {
    if (!isWanted) {
      return Map.of();
    }
    if (path.isEmpty() && !isGateway) {
      return query;
    }
    Map<String, List<String>> merged = new LinkedHashMap<>(query);
    path.forEach(
        (name, value) -> {
          if (pathGoesFirst) {
            merged.put(name, List.of(value));
          } else {
            merged.putIfAbsent(name, List.of(value));
          }
        });
    if (isGateway) {
      merged.remove(GatewayHandler.PARAMETER);
    }
    return merged;
  }
}
