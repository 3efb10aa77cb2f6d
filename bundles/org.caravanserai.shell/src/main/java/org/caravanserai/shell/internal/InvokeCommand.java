package org.caravanserai.shell.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** Calls a service and prints its output. */
@Service
@Command(
    scope = "serai",
    name = "invoke",
    description = "Calls a service and prints its output",
    detailedDescription = "Example: serai:invoke hello.world '{\"name\":\"Ada\"}'")
public final class InvokeCommand implements Action {

  @Argument(name = "service", description = "The service's name", required = true)
  @Completion(ServiceNameCompleter.class)
  private String service;

  @Argument(index = 1, name = "input", description = "The input, a JSON document")
  private String input = "";

  @Reference private ServiceRegistry registry;

  @Reference private Invoker invoker;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    byte[] document = input.getBytes(StandardCharsets.UTF_8);
    Object user = session.get("USER");
    var call =
        new Call(
            invoker.newCid(),
            new Channel("api", "shell", Optional.ofNullable(user).map(Object::toString)),
            new Payload.Document(document, DataFormat.JSON, Map.of(), false),
            null);
    var answer = new CompletableFuture<Reply>();
    invoker.invoke(registry.slot(service), call, answer::complete);
    try (Reply reply = answer.join()) {
      ServiceException failure = reply.failure();
      if (failure != null) {
        throw new IllegalStateException(
            failure.status() + " " + failure.details() + " (cid " + call.cid() + ")");
      }
      print(reply.render(DataFormat.JSON));
      return null;
    }
  }

  private void print(Rendered output) {
    if (output instanceof Rendered.Bytes bytes) {
      session.getConsole().println(new String(bytes.content(), StandardCharsets.UTF_8));
    } else if (output instanceof Rendered.Stream stream) {
      try {
        stream.content().transferTo(session.getConsole());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
