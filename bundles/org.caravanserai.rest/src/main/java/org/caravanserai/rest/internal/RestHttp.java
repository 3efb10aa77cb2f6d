package org.caravanserai.rest.internal;

import java.util.List;
import java.util.Map;
import org.caravanserai.http.ExchangeHttp;
import org.caravanserai.http.TrafficExchange;

/** The HTTP side of one call of a service, whose errors are exceptions and no statuses. */
final class RestHttp extends ExchangeHttp {

  /** The HTTP side of an exchange whose query has been decoded. */
  RestHttp(TrafficExchange exchange, Map<String, List<String>> query) {
    super(exchange, query);
  }

  @Override
  public void status(int wanted) {
    if (wanted < 200 || wanted > 399) {
      throw new IllegalArgumentException(
          "status " + wanted + " is not within 200 to 399; throw a ServiceException for an error");
    }
    super.status(wanted);
  }
}
