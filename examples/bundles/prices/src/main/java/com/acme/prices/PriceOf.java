package com.acme.prices;

import java.math.BigDecimal;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;
import org.osgi.service.component.annotations.Component;

/** Tells the price of an article; a DS component, so that it may have references and a configuration. */
@Component(service = Service.class)
@ServiceName("acme.price-of")
public final class PriceOf implements Service<PriceOf.Request, PriceOf.Response> {

  /** Which article. */
  public record Request(String article) {}

  /** Its price. */
  public record Response(BigDecimal price) {}

  @Override
  public Response handle(Request request, Context context) {
    return new Response(Prices.of(request.article()));
  }
}
