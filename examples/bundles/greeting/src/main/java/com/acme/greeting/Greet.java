package com.acme.greeting;

import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

/** Greets one person. */
@ServiceName("acme.greet")
public final class Greet implements Service<Greet.Request, Greet.Response> {

  /** Whom to greet. */
  public record Request(String name) {}

  /** The greeting. */
  public record Response(String greeting) {}

  @Override
  public Response handle(Request request, Context context) {
    return new Response(Words.GREETING + ", " + request.name());
  }
}
